package ruletest

import (
	"fmt"
	"path/filepath"
	"slices"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"
)

// HoldToShop runs an analyzer over the reference monorepo, with the types of
// what it imports read from export data as under go vet: it finds what is
// planted there for its rules, and nothing else.
func HoldToShop(t *testing.T, a *analysis.Analyzer) {
	t.Helper()
	if testing.Short() {
		t.Skip("type-checks testdata/shop")
	}
	root := Shop(t)
	pkgs, err := packages.Load(&packages.Config{Mode: packages.LoadSyntax | packages.NeedModule, Dir: root}, "./...")
	if err != nil {
		t.Fatal(err)
	}
	graph, err := checker.Analyze([]*analysis.Analyzer{a}, pkgs, nil)
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, act := range graph.Roots {
		if act.Err != nil {
			t.Error(act.Err)
		}
		for _, d := range act.Diagnostics {
			at := act.Package.Fset.Position(d.Pos)
			rel, err := filepath.Rel(root, at.Filename)
			if err != nil {
				t.Fatal(err)
			}
			found = append(found, fmt.Sprintf("%s:%d %s", filepath.ToSlash(rel), at.Line, d.Category))
		}
	}
	slices.Sort(found)
	want := Planted(t, Of(a.Name)...)
	for _, f := range found {
		if !slices.Contains(want, f) {
			t.Errorf("not planted: %s", f)
		}
	}
	for _, w := range want {
		if !slices.Contains(found, w) {
			t.Errorf("not found: %s", w)
		}
	}
	t.Logf("%d planted", len(want))
}
