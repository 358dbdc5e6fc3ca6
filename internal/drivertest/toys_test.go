package drivertest

import (
	"errors"
	"go/ast"
	"go/types"
	"os"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/boundaries-dev/boundaries/analyzers/survey"
	"github.com/boundaries-dev/boundaries/internal/rule"
)

// toys is a suite that does what the drivers must cope with. They bear names
// of real analyzers and rules, so that the configuration knows them.
var toys = []*analysis.Analyzer{
	{Name: "importboundary", Doc: "find nothing", Run: func(*analysis.Pass) (any, error) { return nil, nil }},
	{Name: "frozenwrite", Doc: "find assignments to fields", Requires: []*analysis.Analyzer{survey.Analyzer}, RunDespiteErrors: true, Run: findWrites},
	{Name: "facadeleak", Doc: "fail on packages called failing", Requires: []*analysis.Analyzer{survey.Analyzer}, Run: fail},
}

// findWrites reports x.F = v, and mends it by x.F == v's quiet sister, _ = v.
func findWrites(pass *analysis.Pass) (any, error) {
	here := survey.Of(pass)
	if here == nil {
		return nil, nil
	}
	for _, file := range pass.Files {
		ast.Inspect(file, func(n ast.Node) bool {
			assign, ok := n.(*ast.AssignStmt)
			if !ok {
				return true
			}
			sel, ok := assign.Lhs[0].(*ast.SelectorExpr)
			if !ok || pass.TypesInfo.Selections[sel] == nil {
				return true
			}
			field := pass.TypesInfo.Selections[sel].Obj()
			about, _ := pass.Pkg.Imports()[0].Scope().Lookup("Item").(*types.TypeName)
			here.ReportAbout(pass, analysis.Diagnostic{
				Pos: assign.Pos(), End: assign.End(), Category: rule.ContractWrite,
				Message: field.Name() + " is written; leave it alone",
				Related: []analysis.RelatedInformation{{Pos: field.Pos(), Message: "declared here"}},
				SuggestedFixes: []analysis.SuggestedFix{{
					Message:   "drop the value",
					TextEdits: []analysis.TextEdit{{Pos: sel.Pos(), End: sel.End(), NewText: []byte("_")}},
				}},
			}, about)
			return true
		})
	}
	return nil, nil
}

func fail(pass *analysis.Pass) (any, error) {
	if pass.Pkg.Name() == "failing" {
		return nil, errors.New("a toy has broken")
	}
	return nil, nil
}

// vetToys runs go vet with the toys.
func (t *tree) vetToys(args ...string) answer {
	t.Helper()
	return t.run(".", "go", append([]string{"vet", "-vettool=" + toyTool(t.T)}, args...)...)
}

func toyTool(t *testing.T) string {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return exe
}
