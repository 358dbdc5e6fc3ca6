package check

import (
	"slices"
	"strings"

	"github.com/boundaries-dev/boundaries/internal/imports"
)

// heads returns the files at whose head something is said once about a
// package, which are those where drivers that see one package at a time say
// it: the first file that is no test or, if there is none, the first test; and
// the first one of the external tests, unless they import what they test.
func heads(p *imports.Package) []*imports.File {
	own := slices.IndexFunc(p.Files, func(f *imports.File) bool { return !f.Test() })
	if own < 0 {
		own = slices.IndexFunc(p.Files, func(f *imports.File) bool { return !external(f) })
	}
	var heads []*imports.File
	if own >= 0 {
		heads = append(heads, p.Files[own])
	}
	tests := slices.IndexFunc(p.Files, external)
	if tests < 0 || slices.ContainsFunc(p.Files, func(f *imports.File) bool { return external(f) && imported(f, p.ImportPath) }) {
		return heads
	}
	return append(heads, p.Files[tests])
}

// external says whether a file belongs to the package of external tests.
func external(f *imports.File) bool { return f.Test() && strings.HasSuffix(f.PackageName, "_test") }

func imported(f *imports.File, path string) bool {
	return slices.ContainsFunc(f.Imports, func(spec imports.Import) bool { return spec.Path == path })
}
