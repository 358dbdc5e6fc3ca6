package hosted

import (
	"bytes"
	"errors"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// goplsSource returns the main package of the gopls in a directory, ready to
// be part of another: its main is called goplsMain, and it does not start to
// collect telemetry, which would be filed under the name of a program that it
// is not.
func goplsSource(dir string) ([]byte, error) {
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		return nil, err
	}
	files = slices.DeleteFunc(files, func(name string) bool { return strings.HasSuffix(name, "_test.go") })
	if len(files) != 1 {
		return nil, fmt.Errorf("its main package has %d files, not one", len(files))
	}
	src, err := os.ReadFile(files[0])
	if err != nil {
		return nil, err
	}
	return adaptGopls(src)
}

func adaptGopls(src []byte) ([]byte, error) {
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "main.go", src, parser.ParseComments)
	if err != nil {
		return nil, err
	}
	if f.Name.Name != "main" {
		return nil, fmt.Errorf("its package is called %s", f.Name.Name)
	}
	main, version := function(f, "main"), false
	for _, d := range f.Decls {
		if d, ok := d.(*ast.GenDecl); ok && d.Tok == token.VAR {
			for _, spec := range d.Specs {
				version = version || spec.(*ast.ValueSpec).Names[0].Name == "version"
			}
		}
	}
	switch {
	case main == nil:
		return nil, errors.New("it has no func main")
	case !version:
		return nil, errors.New("it has no variable version")
	}
	main.Name.Name = "goplsMain"
	telemetry := importName(f, "golang.org/x/telemetry")
	starts := 0
	main.Body.List = slices.DeleteFunc(main.Body.List, func(s ast.Stmt) bool {
		is := calls(s, telemetry, "Start")
		if is {
			starts++
		}
		return is
	})
	if telemetry != "" && starts != 1 {
		return nil, fmt.Errorf("it starts telemetry in %d places, not one", starts)
	}
	dropUnused(f)
	var out bytes.Buffer
	if err := format.Node(&out, fset, f); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// function returns the function of that name.
func function(f *ast.File, name string) *ast.FuncDecl {
	for _, d := range f.Decls {
		if d, ok := d.(*ast.FuncDecl); ok && d.Recv == nil && d.Name.Name == name {
			return d
		}
	}
	return nil
}

// importName returns the name that a package has in a file, or "".
func importName(f *ast.File, path string) string {
	for _, spec := range f.Imports {
		if p, _ := strconv.Unquote(spec.Path.Value); p == path {
			if spec.Name != nil {
				return spec.Name.Name
			}
			return path[strings.LastIndexByte(path, '/')+1:]
		}
	}
	return ""
}

// calls reports whether a statement is a call of a function of a package.
func calls(s ast.Stmt, pkg, name string) bool {
	e, ok := s.(*ast.ExprStmt)
	if !ok {
		return false
	}
	call, ok := e.X.(*ast.CallExpr)
	if !ok {
		return false
	}
	sel, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || sel.Sel.Name != name {
		return false
	}
	x, ok := sel.X.(*ast.Ident)
	return ok && x.Name == pkg
}

// dropUnused removes the import of telemetry if nothing needs it any more.
func dropUnused(f *ast.File) {
	const path = "golang.org/x/telemetry"
	name := importName(f, path)
	used := false
	ast.Inspect(f, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok {
			if x, ok := sel.X.(*ast.Ident); ok && x.Name == name {
				used = true
			}
		}
		return true
	})
	if used {
		return
	}
	for _, d := range f.Decls {
		if d, ok := d.(*ast.GenDecl); ok && d.Tok == token.IMPORT {
			d.Specs = slices.DeleteFunc(d.Specs, func(s ast.Spec) bool { return s.(*ast.ImportSpec).Path.Value == strconv.Quote(path) })
		}
	}
}
