package imports

import (
	"go/build"
	"os"
	"path"
	"path/filepath"

	"golang.org/x/mod/modfile"
	"golang.org/x/mod/module"
)

// Modules is where the modules lie that a package may import, other than those
// in the module cache.
type Modules struct {
	main  string            // directory of the go.mod above the package
	local map[string]string // by path, those that the go.mod replaces by a directory or the go.work uses
}

// FindModules finds the modules around a directory: the one it lies in, those
// that its go.mod replaces by a directory, and those that a go.work uses. What
// cannot be read is left out.
func FindModules(dir string) *Modules {
	m := &Modules{main: dir, local: map[string]string{}}
	used, _ := Workspace(dir)
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

// Dirs returns the directories where the package with an import path may lie,
// likeliest first.
func (m *Modules) Dirs(importPath string) []string {
	dirs := []string{filepath.Join(m.main, "vendor", filepath.FromSlash(importPath))}
	for at := importPath; at != "." && at != "/"; at = path.Dir(at) {
		if dir, ok := m.local[at]; ok {
			dirs = append(dirs, filepath.Join(dir, filepath.FromSlash(importPath[len(at):])))
		}
	}
	return dirs
}

func (m *Modules) replaced(goMod []byte) {
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

// Cached returns the directory of the module cache where a version of a module
// lies if it was downloaded; ok is false if there can be none.
func Cached(mod, version string) (dir string, ok bool) {
	escaped, err := module.EscapePath(mod)
	if err != nil || version == "" {
		return "", false
	}
	version, err = module.EscapeVersion(version)
	return filepath.Join(cacheDir(), filepath.FromSlash(escaped)+"@"+version), err == nil
}

// cacheDir is where the go command keeps modules; it says so to its tools.
func cacheDir() string {
	if dir := os.Getenv("GOMODCACHE"); dir != "" {
		return dir
	}
	list := filepath.SplitList(build.Default.GOPATH)
	if len(list) == 0 {
		return ""
	}
	return filepath.Join(list[0], "pkg", "mod")
}
