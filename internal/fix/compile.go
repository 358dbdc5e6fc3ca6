package fix

import (
	"context"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/packages"
)

// Broken returns what of some packages of a Go module does not compile, tests
// included, if files are changed: the files with errors that are among the
// changed, or else the directories of the packages. dir is the directory of
// the module, packages are absolute directories below it, and changed is by
// absolute names. The error says why nobody can tell.
func Broken(ctx context.Context, dir string, dirs []string, changed map[string][]byte, tags string) (files, packageDirs []string, err error) {
	cfg := &packages.Config{
		Context: ctx,
		Dir:     dir,
		Mode:    packages.NeedName | packages.NeedFiles | packages.NeedCompiledGoFiles | packages.NeedImports | packages.NeedTypes | packages.NeedSyntax | packages.NeedTypesInfo,
		Overlay: changed,
		Tests:   true,
	}
	if tags != "" {
		cfg.BuildFlags = []string{"-tags=" + tags}
	}
	var patterns []string
	for _, d := range dirs {
		rel, err := filepath.Rel(dir, d)
		if err != nil {
			return nil, nil, err
		}
		patterns = append(patterns, "./"+filepath.ToSlash(rel))
	}
	loaded, err := packages.Load(cfg, patterns...)
	if err != nil {
		return nil, nil, err
	}
	built := map[string]bool{}
	for _, p := range loaded {
		for _, name := range p.GoFiles {
			built[name] = true
		}
		for _, e := range p.Errors {
			if name, _, ok := strings.Cut(e.Pos, ".go:"); ok && changed[name+".go"] != nil {
				files = append(files, name+".go")
			}
		}
		switch {
		case len(p.Errors) > 0 && len(p.GoFiles) > 0:
			packageDirs = append(packageDirs, filepath.Dir(p.GoFiles[0]))
		case len(p.Errors) > 0:
			packageDirs = append(packageDirs, dirs...) // of which, nobody can tell
		}
	}
	for name := range changed {
		if slices.Contains(dirs, filepath.Dir(name)) && !built[name] {
			files = append(files, name) // not built here, and so broken for all we know
		}
	}
	return files, packageDirs, nil
}
