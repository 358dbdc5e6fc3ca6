package survey

import (
	"go/build"
	"os"
	"path"
	"path/filepath"
	"strings"

	"golang.org/x/mod/modfile"
	"golang.org/x/mod/module"

	"github.com/boundaries-dev/boundaries/internal/imports"
)

// Source returns the file that a position means, if it can be told. With
// -trimpath the compiler names files after their modules, as
// example.com/mono/libs/x/x.go and gorm.io/gorm@v1.25.0/gorm.go; findings must
// not hang on that.
func (s *Site) Source(name string) string {
	if s.Config().Dir == "" || !filepath.IsLocal(name) {
		return name
	}
	dir, base := path.Split(filepath.ToSlash(name))
	for _, candidate := range s.candidates(cutVersion(path.Clean(dir))) {
		file := filepath.Join(candidate, base)
		if _, err := os.Stat(file); err == nil {
			return file
		}
	}
	return name
}

// candidates are the directories where a package may lie, likeliest first.
func (s *Site) candidates(mod, version, rest string) []string {
	s.mu.Lock()
	if s.modules == nil {
		s.modules = findModules(filepath.Join(s.Config().Dir, filepath.FromSlash(s.Place.Dir)))
	}
	m := s.modules
	s.mu.Unlock()
	full := path.Join(mod, rest)
	dirs := []string{filepath.Join(m.main, "vendor", filepath.FromSlash(full))}
	for at := full; at != "." && at != "/"; at = path.Dir(at) {
		if dir, ok := m.local[at]; ok {
			dirs = append(dirs, filepath.Join(dir, filepath.FromSlash(full[len(at):])))
		}
	}
	if place := s.Law.Locate(full, s.Place.Dir); place.InTree {
		dirs = append(dirs, filepath.Join(s.Config().Dir, filepath.FromSlash(place.Dir)))
	}
	escaped, err := module.EscapePath(mod)
	if err == nil && version != "" {
		version, err = module.EscapeVersion(version)
		if err == nil {
			dirs = append(dirs, filepath.Join(moduleCache(), filepath.FromSlash(escaped)+"@"+version, filepath.FromSlash(rest)))
		}
	}
	return dirs
}

// cutVersion takes apart what -trimpath makes of a directory.
func cutVersion(dir string) (mod, version, rest string) {
	mod, after, ok := strings.Cut(dir, "@")
	if !ok {
		return dir, "", ""
	}
	version, rest, _ = strings.Cut(after, "/")
	return mod, version, rest
}

// modules is where the modules lie that a package may import.
type modules struct {
	main  string            // directory of the go.mod above the package
	local map[string]string // by path, those that the go.mod replaces by a directory or the go.work uses
}

func findModules(dir string) *modules {
	m := &modules{main: dir, local: map[string]string{}}
	used, _ := imports.Workspace(dir)
	for _, at := range used {
		if src, err := os.ReadFile(filepath.Join(at, "go.mod")); err == nil {
			m.local[modfile.ModulePath(src)] = at
		}
	}
	for at := dir; ; at = filepath.Dir(at) {
		if src, err := os.ReadFile(filepath.Join(at, "go.mod")); err == nil {
			m.main = at
			m.replaced(src)
			return m
		}
		if filepath.Dir(at) == at {
			return m
		}
	}
}

func (m *modules) replaced(goMod []byte) {
	file, err := modfile.Parse("go.mod", goMod, nil)
	if err != nil {
		return
	}
	for _, r := range file.Replace {
		switch {
		case !modfile.IsDirectoryPath(r.New.Path):
		case filepath.IsAbs(r.New.Path):
			m.local[r.Old.Path] = r.New.Path
		default:
			m.local[r.Old.Path] = filepath.Join(m.main, filepath.FromSlash(r.New.Path))
		}
	}
}

// moduleCache is where the go command keeps modules; it says so to its tools.
func moduleCache() string {
	if dir := os.Getenv("GOMODCACHE"); dir != "" {
		return dir
	}
	list := filepath.SplitList(build.Default.GOPATH)
	if len(list) == 0 {
		return ""
	}
	return filepath.Join(list[0], "pkg", "mod")
}
