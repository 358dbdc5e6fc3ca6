package survey

import (
	"os"
	"path"
	"path/filepath"
	"strings"

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
		s.modules = imports.FindModules(filepath.Join(s.Config().Dir, filepath.FromSlash(s.Place.Dir)))
	}
	m := s.modules
	s.mu.Unlock()
	full := path.Join(mod, rest)
	dirs := m.Dirs(full)
	if place := s.Law.Locate(full, s.Place.Dir); place.InTree {
		dirs = append(dirs, filepath.Join(s.Config().Dir, filepath.FromSlash(place.Dir)))
	}
	if dir, ok := imports.Cached(mod, version); ok {
		dirs = append(dirs, filepath.Join(dir, filepath.FromSlash(rest)))
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
