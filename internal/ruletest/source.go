package ruletest

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/boundaries-dev/boundaries/analyzers/survey"
)

// A Package is source text that was type-checked as far as it goes: it may
// have errors.
type Package struct {
	Fset  *token.FileSet
	Files []*ast.File
	Types *types.Package
	Info  *types.Info

	path string
	law  *analysis.Analyzer
}

// Source type-checks files as the package with an import path, below a root
// whose Go module is example.com/mono and whose configuration is given. Files
// that do not parse count as far as they do; there are none if the text is too
// wild for go/types.
func Source(tb testing.TB, path, boundariesTOML string, files ...string) *Package {
	tb.Helper()
	p := &Package{Fset: token.NewFileSet(), path: path}
	for i, src := range files {
		f, _ := parser.ParseFile(p.Fset, string(rune('a'+i%26))+".go", src, parser.ParseComments|parser.SkipObjectResolution)
		if f != nil && f.Name != nil {
			p.Files = append(p.Files, f)
		}
	}
	p.check(path)
	p.law = survey.FromBytes([]byte(boundariesTOML), nil, map[string]string{"example.com/mono": "."})
	return p
}

// Check type-checks the files of the package once more.
func (p *Package) Check() { p.check(p.path) }

func (p *Package) check(path string) {
	p.Info = &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
		Implicits: map[ast.Node]types.Object{}, Selections: map[*ast.SelectorExpr]*types.Selection{},
		Scopes: map[ast.Node]*types.Scope{}, Instances: map[*ast.Ident]types.Instance{}, FileVersions: map[*ast.File]string{},
	}
	defer func() {
		if recover() != nil {
			p.Files = nil // go/types cannot stand it, and so nobody gets to see it
		}
	}()
	c := types.Config{Importer: importer.Default(), Error: func(error) {}, FakeImportC: true, Sizes: types.SizesFor("gc", "amd64")}
	p.Types, _ = c.Check(path, p.Fset, p.Files, p.Info)
}

// Run runs an analyzer of the suite over the package.
func (p *Package) Run(tb testing.TB, a *analysis.Analyzer) []analysis.Diagnostic {
	tb.Helper()
	var found []analysis.Diagnostic
	pass := &analysis.Pass{
		Analyzer: a, Fset: p.Fset, Files: p.Files, Pkg: p.Types, TypesInfo: p.Info,
		TypesSizes: types.SizesFor("gc", "amd64"),
		Report:     func(d analysis.Diagnostic) { found = append(found, d) },
	}
	site, err := p.law.Run(pass)
	if err != nil {
		tb.Fatal(err)
	}
	pass.ResultOf = map[*analysis.Analyzer]any{survey.Analyzer: site}
	if _, err := a.Run(pass); err != nil {
		tb.Fatalf("an analyzer does not fail: %v", err)
	}
	return found
}
