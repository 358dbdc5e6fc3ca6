package vetunit

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"golang.org/x/tools/go/gcexportdata"
	"golang.org/x/tools/go/packages"

	"github.com/boundaries-dev/boundaries/analyzers/survey"
)

// load parses and type-checks the package. Errors in its source do not keep
// it from coming: they are its TypeErrors. What cannot be read does.
func (u *unit) load() (*packages.Package, error) {
	p := &packages.Package{
		ID: u.ID, PkgPath: u.ImportPath, Fset: token.NewFileSet(),
		GoFiles: u.GoFiles, CompiledGoFiles: u.GoFiles, OtherFiles: u.NonGoFiles, IgnoredFiles: u.IgnoredFiles,
		TypesSizes: types.SizesFor("gc", goarch()),
		TypesInfo: &types.Info{
			Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
			Implicits: map[ast.Node]types.Object{}, Instances: map[*ast.Ident]types.Instance{}, Scopes: map[ast.Node]*types.Scope{},
			Selections: map[*ast.SelectorExpr]*types.Selection{}, FileVersions: map[*ast.File]string{},
		},
	}
	if u.ModulePath != "" {
		p.Module = &packages.Module{Path: u.ModulePath, Version: u.ModuleVersion, GoVersion: strings.TrimPrefix(u.GoVersion, "go")}
	}
	for _, name := range u.GoFiles {
		f, err := parser.ParseFile(p.Fset, name, nil, parser.ParseComments|parser.SkipObjectResolution)
		if f == nil || !f.Package.IsValid() {
			return nil, fmt.Errorf("%s has no package clause: %w", name, err)
		}
		if err != nil {
			p.TypeErrors = append(p.TypeErrors, syntaxError(p.Fset, f, err))
		}
		p.Syntax = append(p.Syntax, f)
	}
	return p, u.check(p)
}

func (u *unit) check(p *packages.Package) error {
	deps := u.importer(p.Fset)
	conf := types.Config{
		Sizes: p.TypesSizes, GoVersion: u.GoVersion, Importer: deps,
		Error: func(err error) {
			if err, ok := errors.AsType[types.Error](err); ok {
				if deps.err == nil && strings.Contains(err.Msg, "requires newer Go version") {
					deps.err = fmt.Errorf("%s: %s; build boundaries with that", u.ImportPath, err.Msg)
				}
				p.TypeErrors = append(p.TypeErrors, err)
			}
		},
	}
	pkg, _ := conf.Check(u.ImportPath, p.Fset, p.Syntax, p.TypesInfo)
	p.Types, p.Name = pkg, pkg.Name()
	p.IllTyped = illTyped(p)
	return deps.err
}

// illTyped reports whether there is a mistake in the package. One in a test
// leaves the types of the package as they are.
func illTyped(p *packages.Package) bool {
	return slices.ContainsFunc(p.TypeErrors, func(err types.Error) bool { return !survey.IsTest(p.Fset, err.Pos) })
}

// syntaxError is the first error of the parser, at its place.
func syntaxError(fset *token.FileSet, f *ast.File, err error) types.Error {
	e := types.Error{Fset: fset, Pos: f.FileStart, Msg: err.Error()}
	if list, ok := errors.AsType[scanner.ErrorList](err); ok && len(list) > 0 {
		file := fset.File(f.FileStart)
		e.Pos, e.Msg = file.Pos(min(list[0].Pos.Offset, file.Size())), list[0].Msg
	}
	return e
}

// A depsImporter imports what the compiler wrote about dependencies.
type depsImporter struct {
	unit *unit
	fset *token.FileSet
	done map[string]*types.Package // by package path
	err  error                     // the first that the source is not to blame for
}

func (u *unit) importer(fset *token.FileSet) *depsImporter {
	return &depsImporter{unit: u, fset: fset, done: map[string]*types.Package{}}
}

func (d *depsImporter) Import(path string) (*types.Package, error) {
	mapped, ok := d.unit.ImportMap[path]
	switch {
	case !ok:
		return nil, errors.New("the go command knows no such import") // a mistake in the source
	case mapped == "unsafe":
		return types.Unsafe, nil
	}
	if pkg := d.done[mapped]; pkg != nil && pkg.Complete() {
		return pkg, nil
	}
	pkg, err := d.read(mapped)
	if err != nil && d.err == nil {
		d.err = fmt.Errorf("cannot read the export data of %s: %w; if it is of a newer go than %s, build boundaries with that", mapped, err, builtWith())
	}
	return pkg, err
}

func (d *depsImporter) read(path string) (pkg *types.Package, err error) {
	file, ok := d.unit.PackageFile[path]
	if !ok {
		return nil, errors.New("the go command gave none")
	}
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	defer func() {
		if x := recover(); x != nil {
			err = fmt.Errorf("%v", x) // of a format that the reader does not know
		}
	}()
	r, err := gcexportdata.NewReader(f) //nolint:staticcheck // deprecated for data of compilers older than ours, which the go command does not hand over
	if err != nil {
		return nil, err
	}
	return gcexportdata.Read(r, d.fset, d.done, path)
}

func needsExportData(importMap map[string]string) bool {
	for path := range importMap {
		if path != "unsafe" && path != "C" {
			return true
		}
	}
	return false
}

func builtWith() string { return "this boundaries, built with " + runtime.Version() }

// goarch is the architecture that is built for; the go command sets it.
func goarch() string {
	if arch := os.Getenv("GOARCH"); arch != "" {
		return arch
	}
	return runtime.GOARCH
}

// cgoMade reports whether a file of the unit was made by cgo. Of those, the
// ones that stand for a file of the package say by //line which.
func (u *unit) cgoMade(name string) bool {
	base := filepath.Base(name)
	return filepath.Dir(name) != filepath.Clean(u.Dir) && (strings.HasPrefix(base, "_cgo_") || strings.HasSuffix(base, ".cgo1.go"))
}
