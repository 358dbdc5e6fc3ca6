package imports

import (
	"os"
	"path/filepath"

	"golang.org/x/mod/modfile"
)

// Workspace returns the directories of the modules that the go.work which
// governs a directory uses; ok is false if none does. A go.work that cannot be
// read uses none.
func Workspace(dir string) (used []string, ok bool) {
	name, ok := WorkFile(dir)
	if !ok {
		return nil, false
	}
	src, err := os.ReadFile(name)
	if err != nil {
		return nil, true
	}
	work, err := modfile.ParseWork(name, src, nil)
	if err != nil {
		return nil, true
	}
	for _, use := range work.Use {
		at := filepath.FromSlash(use.Path)
		if !filepath.IsAbs(at) {
			at = filepath.Join(filepath.Dir(name), at)
		}
		used = append(used, at)
	}
	return used, true
}

// WorkFile is the go.work that governs a directory: the one that the
// environment names, or else the nearest one above; ok is false if none does.
func WorkFile(dir string) (name string, ok bool) {
	switch named := os.Getenv("GOWORK"); named {
	case "":
	case "off":
		return "", false
	default:
		return named, true
	}
	for {
		name := filepath.Join(dir, "go.work")
		if info, err := os.Stat(name); err == nil && info.Mode().IsRegular() {
			return name, true
		}
		if filepath.Dir(dir) == dir {
			return "", false
		}
		dir = filepath.Dir(dir)
	}
}
