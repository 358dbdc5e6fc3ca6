package frozencontract

import (
	_ "embed"
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/analysis"

	"github.com/boundaries-dev/boundaries/analyzers/survey"
	"github.com/boundaries-dev/boundaries/internal/config"
	"github.com/boundaries-dev/boundaries/internal/frozen"
	"github.com/boundaries-dev/boundaries/internal/owned"
	"github.com/boundaries-dev/boundaries/internal/policy"
	"github.com/boundaries-dev/boundaries/internal/rule"
)

//go:embed doc.go
var doc string

// Analyzer reports contracts that can change, and packages of contracts that
// do more than carry data.
var Analyzer = &analysis.Analyzer{
	Name:             "frozencontract",
	Doc:              rule.Doc(doc),
	URL:              rule.Home + "/analyzers/frozencontract",
	Requires:         []*analysis.Analyzer{survey.Analyzer},
	RunDespiteErrors: true,
	Run:              run,
}

func run(pass *analysis.Pass) (any, error) {
	here := survey.Of(pass)
	if here == nil || !here.Place.Is(policy.Contracts) || here.Place.Module.Frozen == config.NoLevel {
		return nil, nil
	}
	contracts := frozen.NewContracts(here.Law, here.Place.Dir)
	r := &room{
		Pass:      pass,
		here:      here,
		contracts: contracts,
		shape:     frozen.NewShape(contracts, here.Place.Module.Frozen),
		functions: owned.New(pass.Pkg, pass.TypesInfo, contracts),
		pure:      newPurity(here),
	}
	for _, file := range pass.Files {
		if survey.IsTest(pass.Fset, file.Package) {
			continue // tests may do what they like
		}
		r.file, r.generated = file, survey.IsGenerated(file)
		r.imports()
		for _, decl := range file.Decls {
			r.declaration(decl)
		}
	}
	return nil, nil
}

// A room is a package of contracts under inspection.
type room struct {
	*analysis.Pass
	here      *survey.Site
	contracts *frozen.Contracts
	shape     *frozen.Shape
	functions *owned.Analysis
	pure      purity

	file      *ast.File
	generated bool
}

func (r *room) declaration(decl ast.Decl) {
	switch decl := decl.(type) {
	case *ast.FuncDecl:
		if r.generated {
			return // nobody can mend it here
		}
		r.methodShape(decl)
		r.limits(decl)
		r.effects(decl)
	case *ast.GenDecl:
		for _, spec := range decl.Specs {
			switch spec := spec.(type) {
			case *ast.TypeSpec:
				r.typeShape(spec)
				r.size(spec)
			case *ast.ValueSpec:
				r.variables(decl, spec)
			}
		}
		r.effects(decl)
	}
}

func (r *room) report(name string, at ast.Node, message string, fixes ...analysis.SuggestedFix) {
	r.here.Report(r.Pass, analysis.Diagnostic{Pos: at.Pos(), End: at.End(), Category: name, Message: message, SuggestedFixes: fixes})
}

func (r *room) typeOf(e ast.Expr) types.Type { return r.TypesInfo.TypeOf(e) }
