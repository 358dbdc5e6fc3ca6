package check

import (
	"iter"

	"github.com/boundaries-dev/boundaries/internal/imports"
	"github.com/boundaries-dev/boundaries/internal/policy"
)

// An Import is one import of the tree, placed.
type Import struct {
	policy.Edge
	File string
	At   imports.Range
}

// Law is the law that the run asked, or nil if the configuration is broken.
func (res *Result) Law() *policy.Law {
	if res.run == nil {
		return nil
	}
	return res.run.law
}

// Packages yields the places of all packages of the tree, in the order of
// their directories, with their files.
func (res *Result) Packages() iter.Seq2[policy.Place, []*imports.File] {
	return func(yield func(policy.Place, []*imports.File) bool) {
		if res.run == nil {
			return
		}
		for _, pkg := range res.run.tree.Packages {
			if pkg.GoModule >= 0 && !yield(res.run.law.LocateDir(pkg.Dir, pkg.ImportPath), pkg.Files) {
				return
			}
		}
	}
}

// Imports yields all imports of the tree, those that lead out of it included.
func (res *Result) Imports() iter.Seq[Import] {
	return func(yield func(Import) bool) {
		for from, files := range res.Packages() {
			for _, f := range files {
				for _, spec := range f.Imports {
					edge := policy.Edge{From: from, To: res.run.law.Locate(spec.Path, from.Dir), Test: f.Test()}
					if !yield(Import{edge, f.Path, spec.Range}) {
						return
					}
				}
			}
		}
	}
}
