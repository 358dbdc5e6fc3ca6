package importboundary

import (
	_ "embed"
	"go/ast"
	"go/types"
	"strconv"

	"golang.org/x/tools/go/analysis"

	"github.com/boundaries-dev/boundaries/analyzers/survey"
	"github.com/boundaries-dev/boundaries/internal/policy"
	"github.com/boundaries-dev/boundaries/internal/rule"
)

//go:embed doc.go
var doc string

// Analyzer reports imports that cross a boundary they may not cross.
var Analyzer = &analysis.Analyzer{
	Name:             "importboundary",
	Doc:              rule.Doc(doc),
	URL:              rule.Home + "/analyzers/importboundary",
	Requires:         []*analysis.Analyzer{survey.Analyzer},
	RunDespiteErrors: true,
	Run:              run,
}

func run(pass *analysis.Pass) (any, error) {
	here := survey.Of(pass)
	if here == nil {
		return nil, nil
	}
	if first := here.First(pass); first != nil {
		for _, v := range here.Law.JudgePackage(here.Place) {
			here.ReportVerdict(pass, survey.Clause(first), v)
		}
	}
	for _, file := range survey.Files(pass) {
		partly := map[string]policy.Edge{} // imported packages of which some symbols are visible
		for _, spec := range file.Imports {
			path, err := strconv.Unquote(spec.Path.Value)
			if err != nil || survey.ImportsC(pass, spec) {
				continue // a syntax error, reported as such, or no package
			}
			edge := policy.Edge{From: here.Place, To: here.Law.Locate(path, here.Place.Dir), Test: survey.IsTest(pass.Fset, file.Package)}
			for _, v := range here.Law.Judge(edge) {
				here.ReportVerdict(pass, spec, v)
			}
			if view := here.Law.View(edge.From, edge.To, edge.Test); !view.All && !view.None() {
				partly[path] = edge
			}
		}
		judgeSymbols(pass, here, file, partly)
	}
	return nil, nil
}

// judgeSymbols looks at each use of a package-level symbol of another package
// that shows only some of its symbols.
func judgeSymbols(pass *analysis.Pass, here *survey.Site, file *ast.File, partly map[string]policy.Edge) {
	if len(partly) == 0 || pass.TypesInfo == nil {
		return // nothing to look at, or a driver that shows no types
	}
	qualifier := func(id *ast.Ident) string {
		if name, ok := pass.TypesInfo.Uses[id].(*types.PkgName); ok {
			return name.Imported().Path()
		}
		return ""
	}
	bare := func(id *ast.Ident) string {
		obj := pass.TypesInfo.Uses[id]
		if obj == nil || obj.Pkg() == nil || obj.Pkg() == pass.Pkg || obj.Parent() != obj.Pkg().Scope() {
			return "" // a local name, one of this package, a field or a method
		}
		return obj.Pkg().Path()
	}
	for use := range Uses(file, qualifier, bare) {
		edge, ok := partly[use.Path]
		if !ok {
			continue
		}
		if v, bad := here.Law.JudgeSymbol(edge, use.Symbol); bad {
			here.ReportVerdict(pass, use.Node, v)
		}
	}
}
