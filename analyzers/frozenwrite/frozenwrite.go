package frozenwrite

import (
	_ "embed"
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/analysis"

	"github.com/boundaries-dev/boundaries/analyzers/survey"
	"github.com/boundaries-dev/boundaries/internal/frozen"
	"github.com/boundaries-dev/boundaries/internal/owned"
	"github.com/boundaries-dev/boundaries/internal/rule"
)

//go:embed doc.go
var doc string

// Analyzer reports writes to contracts.
var Analyzer = &analysis.Analyzer{
	Name:             "frozenwrite",
	Doc:              rule.Doc(doc),
	URL:              rule.Home + "/analyzers/frozenwrite",
	Requires:         []*analysis.Analyzer{survey.Analyzer},
	RunDespiteErrors: true,
	Run:              run,
}

func run(pass *analysis.Pass) (any, error) {
	here := survey.Of(pass)
	if here == nil || !here.Judges(rule.ContractWrite) {
		return nil, nil
	}
	contracts := frozen.NewContracts(here.Law, here.Place.Dir)
	if !contracts.Visible(pass.Pkg) {
		return nil, nil
	}
	who := owner(here.Law, here.Place)
	functions := owned.New(pass.Pkg, pass.TypesInfo, contracts)
	for _, file := range pass.Files {
		if survey.IsGenerated(file) || survey.IsTest(pass.Fset, file.Package) && !here.Config().Contracts.Tests {
			continue
		}
		for _, decl := range file.Decls {
			mend := mender{pass: pass, file: file, decl: decl}
			for _, found := range functions.Writes(decl) {
				if hooked(decl, pass.TypesInfo, contracts, found) {
					continue // it is being made
				}
				here.ReportAbout(pass, analysis.Diagnostic{
					Pos: found.Node.Pos(), End: found.Node.End(), Category: rule.ContractWrite,
					Message:        message(who, whose(contracts, here.Law, found), found),
					Related:        related(found),
					SuggestedFixes: mend.fixes(found),
				}, found.Touch.Contract)
			}
		}
	}
	return nil, nil
}

// hooked reports whether a write is that of a contract's decoder hook to its
// receiver.
func hooked(decl ast.Decl, info *types.Info, contracts *frozen.Contracts, w owned.Write) bool {
	fn, ok := decl.(*ast.FuncDecl)
	if !ok || fn.Recv.NumFields() != 1 || len(fn.Recv.List[0].Names) == 0 || !owned.DecoderHook(fn.Name.Name) {
		return false
	}
	if w.Root == nil || info.Defs[fn.Recv.List[0].Names[0]] != w.Root {
		return false
	}
	t := w.Root.Type()
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	return contracts.Of(t) != nil
}
