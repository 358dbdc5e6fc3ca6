package facadeleak

import (
	_ "embed"
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"

	"github.com/boundaries-dev/boundaries/analyzers/survey"
	"github.com/boundaries-dev/boundaries/internal/api"
	"github.com/boundaries-dev/boundaries/internal/orm"
	"github.com/boundaries-dev/boundaries/internal/policy"
	"github.com/boundaries-dev/boundaries/internal/rule"
)

//go:embed doc.go
var doc string

// Analyzer reports what crosses a facade and should not.
var Analyzer = &analysis.Analyzer{
	Name:             "facadeleak",
	Doc:              rule.Doc(doc),
	URL:              rule.Home + "/analyzers/facadeleak",
	Requires:         []*analysis.Analyzer{survey.Analyzer},
	RunDespiteErrors: true,
	Run:              run,
}

func run(pass *analysis.Pass) (any, error) {
	here := survey.Of(pass)
	if here == nil {
		return nil, nil
	}
	view := here.Law.API(here.Place)
	if view.None() || !judgesAny(here) {
		return nil, nil
	}
	handed := api.Of(api.Package{Fset: pass.Fset, Files: pass.Files, Types: pass.Pkg, Info: pass.TypesInfo, Exposes: view.Sees})
	l := newLeaks(pass, here, handed)
	for _, d := range handed.Decls {
		l.declaration(d)
	}
	for _, t := range handed.Types {
		l.declaredModel(t)
	}
	l.dynamic()
	l.report()
	return nil, nil
}

func judgesAny(here *survey.Site) bool {
	return here.Judges(rule.ORMLeak) || here.Judges(rule.ORMValueLeak) || here.Judges(rule.DynamicORMLeak) || here.Judges(rule.InternalLeak)
}

// leaks gathers findings: one for each declaration and rule.
type leaks struct {
	pass   *analysis.Pass
	here   *survey.Site
	api    *api.API
	court  *court
	walker *api.Walker
	wiring orm.Wiring

	found []finding
	done  map[claim]bool
}

// A claim is what can be found only once: a rule broken by a declaration.
type claim struct {
	rule string
	key  token.Pos
}

type finding struct {
	analysis.Diagnostic
	about *types.TypeName // what leaks, if it has a name
}

func newLeaks(pass *analysis.Pass, here *survey.Site, handed *api.API) *leaks {
	l := &leaks{pass: pass, here: here, api: handed, court: newCourt(pass, here), wiring: orm.NewWiring(here.Config().ORM), done: map[claim]bool{}}
	l.walker = api.NewWalker(func(t *types.TypeName) api.Judgement { return l.court.rule(t).Judgement }, l.spared)
	return l
}

// spared lets handles into the structs of wiring.
func (l *leaks) spared(t *types.TypeName) api.Class {
	if orm.Glob(l.wiring.Structs, t.Name()) {
		return handle
	}
	return none
}

// declaration judges one place where a type crosses.
func (l *leaks) declaration(d api.Decl) {
	found := l.walker.Find(d.Type)
	if l.isWiring(d) {
		// What a part of the product carries is no news to who has it.
		found[handle] = nil
		for class, c := range found {
			if c != nil && c.Inner != nil {
				found[class] = nil
			}
		}
	}
	leak := found[model]
	if leak == nil {
		leak = found[handle]
	}
	var entered *types.TypeName // an internal type that has been reported for what it carries
	for _, c := range []*api.Culprit{leak, found[value]} {
		if c == nil || !l.court.wants(ruleOf(l.court.rule(c.Name).Class)) {
			continue
		}
		l.culprit(d, c)
		if entered = c.Inner; entered != nil {
			break
		}
	}
	if c := found[internal]; c != nil && (c.Name != entered || entered == nil) {
		l.culprit(d, c)
	}
	if d.Kind == api.Result && isAny(d.Type) && !dictated(d.Func) {
		l.bareAny(d)
	}
}

// isWiring reports whether handles may enter by a declaration.
func (l *leaks) isWiring(d api.Decl) bool {
	switch d.Kind {
	case api.Param:
		return l.namedWiring(d) && l.returnsSurface(d.Func)
	case api.Field, api.Embedding:
		return d.Owner != nil && l.spared(d.Owner) == handle
	}
	return false
}

// namedWiring reports whether a declaration is of a function with the name of
// wiring.
func (l *leaks) namedWiring(d api.Decl) bool {
	return d.Func != nil && d.Owner == nil && orm.Glob(l.wiring.Funcs, d.Func.Name())
}

// returnsSurface reports whether a function makes something of the surface.
func (l *leaks) returnsSurface(f *types.Func) bool {
	for r := range f.Signature().Results().Variables() {
		t := types.Unalias(r.Type())
		if p, ok := t.(*types.Pointer); ok {
			t = types.Unalias(p.Elem())
		}
		if named, ok := t.(*types.Named); ok && l.court.isSurface(named.Origin().Obj()) {
			return true
		}
	}
	return false
}

// declaredModel finds types of the API that are models themselves. What they
// embed openly has been judged as such; what they embed of this package is
// where the evidence lies.
func (l *leaks) declaredModel(t *types.TypeName) {
	if t.IsAlias() || l.court.allowed.Has(t) {
		return
	}
	v, field, ok := l.court.orm.Declared(t)
	switch {
	case !ok && l.here.Place.Is(policy.Models):
		v = l.court.orm.Classify(t)
		if v.Kind == orm.Model {
			l.selfModel(t, t, v)
		}
	case !ok, field.Embedded() && field.Exported():
	case ownBase(field, l.pass.Pkg) != nil:
		l.declaredModel(ownBase(field, l.pass.Pkg))
	case field.Pkg() == l.pass.Pkg && within(l.pass.Files, field.Pos()):
		l.selfModel(t, field, v)
	default:
		l.selfModel(t, t, v)
	}
}

// selfModel reports a type of the API that is a model, at the evidence.
func (l *leaks) selfModel(t *types.TypeName, at types.Object, v orm.Verdict) {
	l.add(rule.ORMLeak, at.Pos(), analysis.Diagnostic{Pos: at.Pos(), End: at.Pos() + token.Pos(len(at.Name())),
		Message: t.Name() + " is an ORM model itself (" + v.Evidence + "); keep the model private and map it to a contract"}, nil)
}

// ownBase returns the type of a package that a field embeds, or nil.
func ownBase(field *types.Var, pkg *types.Package) *types.TypeName {
	t := types.Unalias(field.Type())
	if p, ok := t.(*types.Pointer); ok {
		t = types.Unalias(p.Elem())
	}
	named, ok := t.(*types.Named)
	if !ok || !field.Embedded() || named.Obj().Pkg() != pkg {
		return nil
	}
	return named.Origin().Obj()
}

func within(files []*ast.File, pos token.Pos) bool {
	for _, f := range files {
		if f.FileStart <= pos && pos < f.FileEnd {
			return true
		}
	}
	return false
}

// add notes a finding, if it is the first of its kind in a declaration.
func (l *leaks) add(rule string, key token.Pos, d analysis.Diagnostic, about *types.TypeName) {
	if !l.court.wants(rule) {
		return
	}
	c := claim{rule, key}
	if l.done[c] {
		return
	}
	l.done[c] = true
	d.Category = rule
	l.found = append(l.found, finding{Diagnostic: d, about: about})
}

func (l *leaks) report() {
	for _, f := range l.found {
		l.here.ReportAbout(l.pass, f.Diagnostic, f.about)
	}
}
