package survey

import (
	"go/ast"
	"go/token"
	"os"
	"path/filepath"
	"slices"
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

// First returns the file of the directory that comes first by name, or nil if
// it belongs to another pass: that of the external tests or, for them, that of
// the package itself. What is said once about a directory is said there. A
// file that is not built is no candidate.
func First(pass *analysis.Pass) *ast.File {
	files := Files(pass)
	if len(files) == 0 {
		return nil
	}
	first := filepath.Base(written(pass.Fset, files[0]))
	ignored := func(name string) bool {
		return slices.ContainsFunc(pass.IgnoredFiles, func(file string) bool { return filepath.Base(file) == name })
	}
	entries, err := os.ReadDir(packageDirs(pass)[0])
	if err != nil {
		return files[0]
	}
	for _, e := range entries {
		name := e.Name()
		switch {
		case name >= first:
			return files[0]
		case strings.HasSuffix(name, ".go") && !strings.HasPrefix(name, "_") && !strings.HasPrefix(name, ".") && !ignored(name):
			return nil
		}
	}
	return files[0]
}
