package drivertest

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/types"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/packages"

	"github.com/boundaries-dev/boundaries/analyzers"
	"github.com/boundaries-dev/boundaries/analyzers/survey"
	"github.com/boundaries-dev/boundaries/internal/config"
)

// seenByNogo runs the suite the way Bazel's nogo does: a configuration that is
// compiled in, passes without Module and ReadFile, names of files relative to
// the root of the sandbox, and external tests as path_test.
func (t *tree) seenByNogo() []sight {
	var all []sight
	t.Chdir(t.dir)
	suite := survey.Substitute(analyzers.Suite, t.embedded())
	seen := map[string]bool{}
	for _, dir := range goModules {
		conf := &packages.Config{
			Mode: packages.LoadSyntax | packages.NeedModule, Dir: t.path(dir), Tests: true,
			Env: append(os.Environ(), t.env...), BuildFlags: []string{"-tags=" + tags},
		}
		loaded, err := packages.Load(conf, "./...")
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range loaded {
			if strings.HasSuffix(p.PkgPath, ".test") || seen[p.ID] {
				continue
			}
			seen[p.ID] = true
			for _, e := range p.Errors {
				t.Fatal(e)
			}
			for _, a := range suite {
				all = append(all, t.nogo(p, a)...)
			}
		}
	}
	return all
}

// embedded is the survey that a wrapper package would make of what it embeds.
func (t *tree) embedded() *analysis.Analyzer {
	read := func(name string) []byte {
		src, err := os.ReadFile(t.path(name))
		if err != nil {
			t.Fatal(err)
		}
		return src
	}
	products := map[string][]byte{}
	files, err := filepath.Glob(t.path("products/*/product.toml"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		dir := "products/" + filepath.Base(filepath.Dir(file))
		products[dir] = read(dir + "/product.toml")
	}
	return survey.FromBytes(read(config.FileName), products, map[string]string{
		"example.com/shop": ".", "example.com/shop/tools": "tools", "example.com/smtpx": "libs/smtpx",
	})
}

// nogo runs one analyzer, and what it requires, on one package.
func (t *tree) nogo(loaded *packages.Package, a *analysis.Analyzer) []sight {
	fset := loaded.Fset // which knows where the types of dependencies are declared
	var files []*ast.File
	for _, name := range loaded.CompiledGoFiles {
		rel, err := filepath.Rel(t.dir, name)
		if err != nil {
			t.Fatal(err)
		}
		f, err := parser.ParseFile(fset, rel, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, f)
	}
	info := &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
		Implicits: map[ast.Node]types.Object{}, Instances: map[*ast.Ident]types.Instance{}, Scopes: map[ast.Node]*types.Scope{},
		Selections: map[*ast.SelectorExpr]*types.Selection{}, FileVersions: map[*ast.File]string{},
	}
	conf := types.Config{Sizes: loaded.TypesSizes, Importer: importedBy{loaded}}
	pkg, err := conf.Check(loaded.PkgPath, fset, files, info)
	if err != nil {
		t.Fatal(err)
	}
	var all []sight
	results := map[*analysis.Analyzer]any{}
	var run func(a *analysis.Analyzer, report func(analysis.Diagnostic))
	run = func(a *analysis.Analyzer, report func(analysis.Diagnostic)) {
		for _, r := range a.Requires {
			if _, done := results[r]; !done {
				run(r, func(analysis.Diagnostic) {})
			}
		}
		result, err := a.Run(&analysis.Pass{
			Analyzer: a, Fset: fset, Files: files, Pkg: pkg, TypesInfo: info, TypesSizes: loaded.TypesSizes,
			ResultOf: results, Report: report,
			ImportPackageFact: func(*types.Package, analysis.Fact) bool { return false },
			ImportObjectFact:  func(types.Object, analysis.Fact) bool { return false },
		})
		if err != nil {
			t.Fatalf("%s: %s: %v", loaded.ID, a.Name, err)
		}
		results[a] = result
	}
	run(a, func(d analysis.Diagnostic) {
		at := fset.Position(d.Pos)
		all = append(all, sight{d.Category, filepath.ToSlash(at.Filename), at.Line, at.Column, d.Message})
	})
	return all
}

// importedBy imports what a package has imported already.
type importedBy struct{ *packages.Package }

func (p importedBy) Import(path string) (*types.Package, error) {
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	if dep := p.Imports[path]; dep != nil && dep.Types != nil {
		return dep.Types, nil
	}
	return nil, fmt.Errorf("%s does not import %s", p.ID, path)
}
