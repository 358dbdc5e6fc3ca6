package survey

import (
	"go/ast"
	"go/token"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// Files returns the files of the package that somebody wrote, by name. Under
// cgo a package also has files that were made up, and others that were
// rewritten, which count as what they were written as.
func Files(pass *analysis.Pass) []*ast.File {
	var files []*ast.File
	for _, f := range pass.Files {
		if !madeByCgo(written(pass.Fset, f)) {
			files = append(files, f)
		}
	}
	slices.SortStableFunc(files, func(a, b *ast.File) int {
		return strings.Compare(filepath.Base(written(pass.Fset, a)), filepath.Base(written(pass.Fset, b)))
	})
	return files
}

// written returns the name of the file that somebody wrote: of one that cgo
// has rewritten, what its //line directive says.
func written(fset *token.FileSet, f *ast.File) string {
	name := fset.PositionFor(f.Package, false).Filename
	if strings.HasSuffix(name, ".cgo1.go") {
		return fset.PositionFor(f.Package, true).Filename
	}
	return name
}

func madeByCgo(name string) bool { return strings.HasPrefix(filepath.Base(name), "_cgo_") }

// ImportsC reports whether an import spec was `import "C"` before cgo rewrote
// the file.
func ImportsC(pass *analysis.Pass, spec *ast.ImportSpec) bool {
	return spec.Path.Value == `"unsafe"` && spec.Name != nil && spec.Name.Name == "_" &&
		strings.HasSuffix(pass.Fset.PositionFor(spec.Pos(), false).Filename, ".cgo1.go")
}

// First returns the file at whose head something is said once about the whole
// package, or nil if that is said elsewhere: in the first file by name that is
// no test, or if there is none, in the first test. External tests are a package
// of their own; about them all is said where they import what they test. So it
// hangs on the files of the package alone, as what drivers remember does.
func (s *Site) First(pass *analysis.Pass) *ast.File {
	files := Files(pass)
	if len(files) == 0 {
		return nil
	}
	for _, f := range files {
		if !IsTest(pass.Fset, f.Package) {
			return f
		}
	}
	external, tested := s.path != s.Place.Path, strconv.Quote(s.Place.Path)
	imports := func(spec *ast.ImportSpec) bool { return spec.Path.Value == tested }
	if external && slices.ContainsFunc(files, func(f *ast.File) bool { return slices.ContainsFunc(f.Imports, imports) }) {
		return nil
	}
	return files[0]
}
