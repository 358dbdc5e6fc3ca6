package imports

import (
	"errors"
	"fmt"
	"go/ast"
	"go/build"
	"go/parser"
	"go/scanner"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestAgreesWithGoParser reads every Go file of the standard library and of
// the module cache twice, with our scanner and with go/parser: what the two
// say of a head must be the same, to the column.
func TestAgreesWithGoParser(t *testing.T) {
	roots := []string{filepath.Join(build.Default.GOROOT, "src"), moduleCache()}
	if testing.Short() {
		roots = nil
		for _, dir := range []string{"net", "go", "encoding"} {
			roots = append(roots, filepath.Join(build.Default.GOROOT, "src", dir))
		}
	}
	for _, root := range roots {
		t.Run(filepath.Base(root), func(t *testing.T) {
			files, doubts := 0, 0
			filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
				if err != nil || !d.Type().IsRegular() || !strings.HasSuffix(name, ".go") {
					return nil
				}
				src, err := os.ReadFile(name)
				if err != nil {
					return nil
				}
				files++
				var h head
				h.intern = func(b []byte) string { return string(b) }
				if h.read(src, true) != done {
					doubts++
				}
				if diff := compare(name, src); diff != "" {
					t.Errorf("%s: -go/parser +imports\n%s", name, diff)
				}
				return nil
			})
			if files == 0 {
				t.Skip("no Go files below " + root)
			}
			t.Logf("%d files, %d of them left to go/parser", files, doubts)
		})
	}
}

// moduleCache returns the directory of the module cache, as the go command
// knows it.
func moduleCache() string {
	out, err := exec.Command("go", "env", "GOMODCACHE").Output()
	if err != nil {
		return "(unknown)"
	}
	return strings.TrimSpace(string(out))
}

// compare says how ScanFile differs from go/parser over src.
func compare(name string, src []byte) string {
	want, wantErr := withGoParser(name, src)
	got, problems := ScanFile(name, src, false)
	got.Comments = nil
	switch {
	case len(problems) == 0 && wantErr == nil:
	case len(problems) == 0:
		return fmt.Sprintf("no problem; go/parser: %v", wantErr)
	case wantErr == nil:
		// It is further down, then, and all of the file has it.
		if _, err := parser.ParseFile(token.NewFileSet(), name, src, parser.SkipObjectResolution); err == nil {
			return fmt.Sprintf("problem %v; go/parser: none", problems)
		}
	case strings.HasPrefix(problems[0].Message, "binary data"):
		return "" // our own word for many errors
	default:
		list, _ := errors.AsType[scanner.ErrorList](wantErr)
		if !slices.ContainsFunc(list, func(e *scanner.Error) bool { return e.Msg == problems[0].Message }) {
			return fmt.Sprintf("problem %v; go/parser: %v", problems, wantErr)
		}
		if want.PackageName == "" {
			return "" // it gave up
		}
	}
	return cmp.Diff(want, got)
}

// withGoParser makes a File of what go/parser finds in a head.
func withGoParser(name string, src []byte) (*File, error) {
	fset := token.NewFileSet()
	tree, err := parser.ParseFile(fset, name, src, parser.ImportsOnly|parser.ParseComments)
	f := &File{Path: name, PackageName: tree.Name.Name}
	at := func(p token.Pos) (int, int) {
		pos := fset.PositionFor(p, false)
		return pos.Line, pos.Column
	}
	f.Package.Line, f.Package.Column = at(tree.Package)
	f.Package.EndLine, f.Package.EndColumn = at(tree.Name.End())
	for _, decl := range tree.Decls {
		decl, ok := decl.(*ast.GenDecl)
		if !ok {
			continue
		}
		for _, spec := range decl.Specs {
			spec := spec.(*ast.ImportSpec)
			var im Import
			var bad error
			if im.Path, bad = strconv.Unquote(spec.Path.Value); bad != nil {
				continue
			}
			if spec.Name != nil {
				im.Name = spec.Name.Name
			}
			im.Line, im.Column = at(spec.Pos())
			im.EndLine, im.EndColumn = at(spec.End())
			if decl.Lparen.IsValid() {
				im.BlockLine, _ = at(decl.TokPos)
			}
			f.Imports = append(f.Imports, im)
		}
	}
	return f, err
}
