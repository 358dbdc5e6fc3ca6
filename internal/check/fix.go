package check

import (
	"context"
	"go/ast"
	"go/parser"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"

	"github.com/boundaries-dev/boundaries/internal/atomicfile"
	"github.com/boundaries-dev/boundaries/internal/fix"
	"github.com/boundaries-dev/boundaries/internal/report"
)

// Fix returns the changes of files, by their path below the root, that apply
// the fixes of the findings: of those fixes alone after which everything
// compiles: the packages that change, their tests, and all that import them.
//
// A fix is tried with all others first. If that breaks a file that it changes,
// it is given up; if it breaks another, so are all fixes of that package and of
// what it imports. That goes on until nothing is broken or nothing is left.
//
// Generated files are not changed: whoever writes them would change them back.
func (res *Result) Fix(ctx context.Context) ([]atomicfile.Change, error) {
	if res.run == nil {
		return nil, nil
	}
	r := res.run
	generated := map[string]bool{}
	fixable := slices.DeleteFunc(slices.Clone(res.Findings), func(f report.Finding) bool {
		return len(f.Fixes) == 0 || slices.ContainsFunc(f.Fixes[0].Edits, func(e report.Edit) bool { return r.generated(e.File, generated) })
	})
	before := map[string][]byte{}
	read := func(name string) ([]byte, error) {
		src, err := r.read(name)
		before[name] = src
		return src, err
	}
	for {
		changed, err := fix.Apply(fixable, read)
		if err != nil || len(changed) == 0 {
			return nil, err
		}
		files, dirs, err := r.broken(ctx, changed)
		if err != nil {
			return nil, err
		}
		if len(files)+len(dirs) == 0 {
			var changes []atomicfile.Change
			for _, name := range slices.Sorted(maps.Keys(changed)) {
				changes = append(changes, atomicfile.Change{Name: name, Old: before[name], New: changed[name]})
			}
			return changes, nil
		}
		suspects := r.below(dirs)
		if len(files) > 0 {
			suspects = map[string]bool{}
		}
		for _, name := range files {
			suspects[name] = true
		}
		left := slices.DeleteFunc(slices.Clone(fixable), func(f report.Finding) bool {
			return slices.ContainsFunc(f.Fixes[0].Edits, func(e report.Edit) bool { return suspects[e.File] || suspects[path.Dir(e.File)] })
		})
		if len(left) == len(fixable) {
			return nil, nil // something else is broken
		}
		fixable = left
	}
}

// generated reports whether a file says that a program wrote it. It is asked
// once, and the answer kept in known.
func (r *run) generated(file string, known map[string]bool) bool {
	if path.Ext(file) != ".go" {
		return false
	}
	is, ok := known[file]
	if !ok {
		_, f := r.parseWith(file, parser.ParseComments)
		is = f != nil && ast.IsGenerated(f)
		known[file] = is
	}
	return is
}

func (r *run) read(name string) ([]byte, error) {
	if src, ok := r.opt.Overlay[name]; ok {
		return src, nil
	}
	return os.ReadFile(filepath.Join(r.config.Dir, filepath.FromSlash(name)))
}

// broken returns the changed files with errors, and the directories of packages
// that would not compile.
func (r *run) broken(ctx context.Context, changed map[string][]byte) (files, dirs []string, err error) {
	overlay := map[string][]byte{}
	var touched []string
	for name, src := range changed {
		overlay[r.abs(name)] = src
		touched = append(touched, path.Dir(name))
	}
	m := Memory{opt: r.opt, config: r.config, law: r.law, tree: r.tree, excluded: r.excluded}
	importers := m.Importers(touched...)
	for i, m := range r.tree.GoModules {
		var in []string
		for _, pkg := range r.tree.Packages {
			if pkg.GoModule == i && importers[pkg.Dir] {
				in = append(in, r.abs(pkg.Dir))
			}
		}
		if len(in) == 0 {
			continue
		}
		brokenFiles, brokenDirs, err := fix.Broken(ctx, r.abs(m.Dir), in, overlay, r.opt.Tags)
		if err != nil {
			return nil, nil, err
		}
		files, dirs = append(files, brokenFiles...), append(dirs, brokenDirs...)
	}
	return r.relative(files), r.relative(dirs), nil
}

// relative returns names below the root as such.
func (r *run) relative(names []string) []string {
	var relative []string
	for _, name := range names {
		if rel, ok := inside(r.config.Dir, name); ok {
			relative = append(relative, rel)
		}
	}
	return relative
}

func (r *run) abs(name string) string {
	return filepath.Join(r.config.Dir, filepath.FromSlash(name))
}

// below returns some directories and those of all packages that they import.
func (r *run) below(dirs []string) map[string]bool {
	reached := map[string]bool{}
	queue := slices.Clone(dirs)
	for _, dir := range dirs {
		reached[dir] = true
	}
	for ; len(queue) > 0; queue = queue[1:] {
		pkg := r.packageAt(queue[0])
		if pkg == nil {
			continue
		}
		for _, f := range pkg.Files {
			for _, spec := range f.Imports {
				to := r.law.Locate(spec.Path, pkg.Dir)
				if to.InTree && !reached[to.Dir] {
					reached[to.Dir] = true
					queue = append(queue, to.Dir)
				}
			}
		}
	}
	return reached
}
