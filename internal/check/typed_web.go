package check

import (
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/boundaries-dev/boundaries/internal/imports"
)

// A web is who imports whom. Types travel along imports, over packages that
// nobody checks as well as over others. So it also holds the packages which
// the scan was told to leave out, as far as an import leads there.
type web struct {
	dirs      []string            // all directories in it
	importers map[string][]string // by directory, those that import it
	leaving   []string            // those that import packages from beyond the tree that may know it
}

// web follows the imports, with or without those of tests.
func (r *run) web(tests bool) *web {
	w := &web{importers: map[string][]string{}}
	var out []string // what the scan has left out
	known := map[string]bool{}
	visit := func(dir string, paths []string) {
		w.dirs = append(w.dirs, dir)
		for _, p := range paths {
			switch to := r.law.Locate(p, dir); {
			case !to.InTree && r.beyond(p):
				w.leaving = append(w.leaving, dir)
			case to.InTree && to.Dir != dir:
				w.importers[to.Dir] = append(w.importers[to.Dir], dir)
				if !known[to.Dir] && r.packageAt(to.Dir) == nil {
					known[to.Dir] = true
					out = append(out, to.Dir)
				}
			}
		}
	}
	for _, pkg := range r.tree.Packages {
		var paths []string
		for _, file := range pkg.Files {
			if tests || !file.Test() {
				paths = append(paths, pathsOf(file)...)
			}
		}
		visit(pkg.Dir, paths)
	}
	for len(out) > 0 {
		dir := out[0]
		out = out[1:]
		visit(dir, r.importsOf(dir))
	}
	return w
}

// beyond reports whether an import path is of a Go module that lies at hand,
// but not in the tree: it may import what does.
func (r *run) beyond(importPath string) bool {
	return slices.ContainsFunc(r.tree.Beyond, func(module string) bool {
		rest, ok := strings.CutPrefix(importPath, module)
		return ok && (rest == "" || rest[0] == '/')
	})
}

func pathsOf(file *imports.File) []string {
	paths := make([]string, len(file.Imports))
	for i, spec := range file.Imports {
		paths[i] = spec.Path
	}
	return paths
}

// importsOf remembers what readImports has read.
func (r *run) importsOf(dir string) []string {
	if known, ok := r.left.Load(dir); ok {
		return known.([]string)
	}
	paths := r.readImports(dir)
	r.left.Store(dir, paths)
	return paths
}

// readImports reads what the package in a directory imports that the scan has
// left out. One that is not there imports nothing.
func (r *run) readImports(dir string) []string {
	at := filepath.Join(r.config.Dir, filepath.FromSlash(dir))
	entries, err := os.ReadDir(at)
	if err != nil {
		return nil
	}
	var paths []string
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), ".go") || strings.HasSuffix(e.Name(), "_test.go") {
			continue
		}
		name := filepath.Join(at, e.Name())
		if info, err := os.Stat(name); err != nil || !info.Mode().IsRegular() {
			continue
		}
		src, err := os.ReadFile(name)
		if err != nil {
			continue
		}
		file, _ := imports.ScanFile(path.Join(dir, e.Name()), src, false)
		paths = append(paths, pathsOf(file)...)
	}
	return paths
}
