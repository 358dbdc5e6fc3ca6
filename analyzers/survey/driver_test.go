package survey_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/boundaries-dev/boundaries/analyzers/survey"
	"github.com/boundaries-dev/boundaries/internal/config"
	"github.com/boundaries-dev/boundaries/internal/imports"
	"github.com/boundaries-dev/boundaries/internal/policy"
	"github.com/boundaries-dev/boundaries/internal/roots"
	"github.com/boundaries-dev/boundaries/internal/rule"
)

// pass is the bare minimum of a pass over a package.
func pass(t *testing.T, importPath, file, src string) *analysis.Pass {
	t.Helper()
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, file, src, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	return &analysis.Pass{Fset: fset, Files: []*ast.File{f}, Pkg: types.NewPackage(importPath, f.Name.Name)}
}

func siteOf(t *testing.T, s *analysis.Analyzer, p *analysis.Pass) *survey.Site {
	t.Helper()
	result, err := s.Run(p)
	if err != nil {
		t.Fatal(err)
	}
	p.ResultOf = map[*analysis.Analyzer]any{s: result}
	return survey.Of(p)
}

func fromBytes(toml string) *analysis.Analyzer {
	return survey.FromBytes([]byte(toml), map[string][]byte{"products/flags": []byte("owners = [\"us\"]\n")}, map[string]string{"example.com/mono": "."})
}

// In a sandbox file names say nothing; import paths do.
func TestFromBytes(t *testing.T) {
	s := fromBytes("products = [\"products/*\"]\nexclude = [\"old\"]\n")
	here := siteOf(t, s, pass(t, "example.com/mono/products/flags/logic", "bazel-out/k8/logic.go", "package logic"))
	if here == nil || here.Place.Owner() != "products/flags" || len(here.Place.Module.Owners) != 1 {
		t.Fatalf("got %+v", here)
	}
	external := siteOf(t, s, pass(t, "example.com/mono/products/flags/logic_test", "x_test.go", "package logic_test"))
	if external == nil || external.Place.Dir != "products/flags/logic" {
		t.Errorf("external tests: got %+v", external)
	}
	for _, path := range []string{"fmt", "example.com/other", "example.com/mono/old/x", "example.com/mono/products/flags.test"} {
		name := "x"
		if filepath.Ext(path) == ".test" {
			name = "main"
		}
		if here := siteOf(t, s, pass(t, path, "x.go", "package "+name)); here != nil {
			t.Errorf("%s has a site: %+v", path, here.Place)
		}
	}
	if fromBytes("products = []\n").Name == s.Name {
		t.Error("two configurations share a name, and so a cache")
	}
}

func TestFromBytesTellsMistakes(t *testing.T) {
	p := pass(t, "example.com/mono/p", "p.go", "// Package p.\npackage p")
	var got []analysis.Diagnostic
	p.Report = func(d analysis.Diagnostic) { got = append(got, d) }
	if here := siteOf(t, fromBytes("prodcts = []\n"), p); here != nil {
		t.Fatalf("a site under a broken law: %+v", here)
	}
	if len(got) != 1 || got[0].Category != rule.BadConfig || p.Fset.Position(got[0].Pos).Line != 2 {
		t.Errorf("got %+v", got)
	}
}

func TestUnfiltered(t *testing.T) {
	src := "//boundaries:file-ignore private-import it was here first\npackage logic"
	file := filepath.Join(t.TempDir(), "logic.go")
	if err := os.WriteFile(file, []byte(src), 0o666); err != nil {
		t.Fatal(err)
	}
	count := func(s *analysis.Analyzer) int {
		p := pass(t, "example.com/mono/products/flags/logic", file, src)
		n := 0
		p.Report = func(analysis.Diagnostic) { n++ }
		here := siteOf(t, s, p)
		here.Report(p, analysis.Diagnostic{Pos: p.Files[0].Package, Category: rule.PrivateImport, Message: "m"})
		return n
	}
	s := fromBytes("products = [\"products/*\"]\n")
	if count(s) != 0 || count(survey.Unfiltered(s)) != 1 {
		t.Errorf("%d and %d findings, want 0 and 1", count(s), count(survey.Unfiltered(s)))
	}
}

func TestSubstitute(t *testing.T) {
	helper := &analysis.Analyzer{Name: "helper", Requires: []*analysis.Analyzer{survey.Analyzer}}
	a := &analysis.Analyzer{Name: "a", Requires: []*analysis.Analyzer{survey.Analyzer, helper}}
	b := &analysis.Analyzer{Name: "b", Requires: []*analysis.Analyzer{helper}}
	with := fromBytes("")
	got := survey.Substitute([]*analysis.Analyzer{a, b}, with)
	if got[0].Requires[0] != with || got[1].Requires[0].Requires[0] != with {
		t.Error("somebody still requires the old survey")
	}
	if got[0].Requires[1] != got[1].Requires[0] {
		t.Error("one helper has become two")
	}
	if a.Requires[0] != survey.Analyzer || !slices.Equal(helper.Requires, []*analysis.Analyzer{survey.Analyzer}) {
		t.Error("the originals have changed")
	}
}

func TestAmongAndFixed(t *testing.T) {
	dir := t.TempDir()
	write := func(name, content string) string {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
		return name
	}
	t.Setenv(config.EnvVar, "")
	write("go.mod", "module example.com/mono\n")
	root := write("boundaries.toml", "products = [\"products/*\"]\n")
	write("nested/boundaries.toml", "products = [\"*\"]\n")
	file, nested := write("products/flags/x.go", "package flags"), write("nested/flags/x.go", "package flags")

	s := survey.Among(roots.At(dir))
	if here := siteOf(t, s, pass(t, "example.com/mono/products/flags", file, "package flags")); here == nil || here.Place.Owner() != "products/flags" {
		t.Errorf("got %+v", here)
	}
	if here := siteOf(t, s, pass(t, "example.com/mono/nested/flags", nested, "package flags")); here == nil || here.Place.Owner() != "flags" {
		t.Errorf("nested: got %+v", here)
	}
	c, problems := config.Load(root, nil)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	goModules, _ := imports.FindGoModules(dir, nil)
	fixed := survey.Fixed(policy.New(c, goModules))
	if here := siteOf(t, fixed, pass(t, "command-line-arguments", file, "package flags")); here == nil || here.Place.Dir != "products/flags" {
		t.Errorf("files as arguments: got %+v", here)
	}
	untyped := pass(t, "", file, "package flags")
	untyped.Pkg = nil
	if here := siteOf(t, fixed, untyped); here == nil || here.Place.Dir != "products/flags" {
		t.Errorf("without types: got %+v", here)
	}
	untyped = pass(t, "", filepath.Join(filepath.Dir(file), "x_test.go"), "package flags_test")
	untyped.Pkg = nil
	if here := siteOf(t, fixed, untyped); here == nil || here.Place.Dir != "products/flags" {
		t.Errorf("external tests without types: got %+v", here)
	}
	elsewhere := pass(t, "command-line-arguments", filepath.Join(t.TempDir(), "x.go"), "package flags")
	if here := siteOf(t, fixed, elsewhere); here != nil {
		t.Errorf("elsewhere: got %+v", here)
	}
}
