package policy

import (
	"fmt"
	"slices"
	"strings"

	"github.com/boundaries-dev/boundaries/internal/config"
	"github.com/boundaries-dev/boundaries/internal/report"
	"github.com/boundaries-dev/boundaries/internal/rule"
)

// An Edge is one import.
type Edge struct {
	From Place
	To   Place
	Test bool // it stands in a _test.go file
}

// A Verdict is what is wrong with an edge, or with a package.
type Verdict struct {
	Rule    string
	Subject string // what it is about: an import path, or that and .Symbol; "" for the package itself
	Message string
	Law     config.Pos // the place in the configuration that says so, if one does
	Says    string     // what it says there
}

// Related returns the verdict's place in the configuration as a related
// position, if it has one.
func (v Verdict) Related() []report.Related {
	if v.Law == (config.Pos{}) {
		return nil
	}
	return []report.Related{{File: v.Law.File, Line: v.Law.Line, Column: v.Law.Column, Message: v.Says}}
}

// Judge says what is wrong with an import: at most one thing about the
// surface it reaches into and one about the dependency it makes. Symbols of a
// package that is only partly visible are judged by JudgeSymbol.
func (l *Law) Judge(e Edge) []Verdict {
	if e.From.Module != nil && e.From.Module.Unchecked {
		return nil
	}
	found := l.judgeExternal(e)
	switch {
	case !e.To.InTree, e.From.Dir == e.To.Dir: // the latter in an external test
	case e.From.Module == e.To.Module:
		found = append(found, l.judgeRole(e)...)
	default:
		if v, ok := l.judgeSurface(e); ok {
			found = append(found, v)
		}
		if v, ok := l.judgeDependency(e); ok {
			found = append(found, v)
		}
	}
	for i := range found {
		found[i].Subject = e.To.Path
	}
	return found
}

// judgeSurface holds an edge between two modules to the surface of its target.
func (l *Law) judgeSurface(e Edge) (Verdict, bool) {
	if !l.View(e.From, e.To, e.Test).None() {
		return Verdict{}, false
	}
	m := e.To.Module
	v := Verdict{
		Rule: rule.PrivateImport,
		Message: fmt.Sprintf("%s imports %s, which %s keeps private; %s",
			l.owner(e.From), l.Label(e.To), m.Name(), l.instead(e.From, e.To)),
	}
	v.Law, v.Says = l.surfaceLaw(e.From, m)
	return v, true
}

// surfaceLaw returns the place that says what a module shows to a consumer.
func (l *Law) surfaceLaw(from Place, m *Module) (config.Pos, string) {
	for _, i := range m.shared {
		if i.Exclusive && visibleTo(i.Visibility, from) {
			return i.Pos, fmt.Sprintf("all that %s shows here", m.Name())
		}
	}
	if at, ok := m.Keys["interfaces"]; ok {
		return at, fmt.Sprintf("the interfaces of %s", m.Name())
	}
	for _, p := range l.Config.Products {
		if p.Match(m.Path) {
			return p.Pos, fmt.Sprintf("%s is a product and shows %s", m.Name(), list(l.Surface(m), "and"))
		}
	}
	return m.shared[0].Pos, fmt.Sprintf("what %s shows", m.Name())
}

// JudgeSymbol holds the use of one package-level symbol to the surface.
func (l *Law) JudgeSymbol(e Edge, symbol string) (Verdict, bool) {
	if e.From.Module != nil && e.From.Module.Unchecked {
		return Verdict{}, false
	}
	view := l.View(e.From, e.To, e.Test)
	if view.None() || view.Sees(symbol) {
		return Verdict{}, false
	}
	pkg := l.Label(e.To)
	visible := make([]string, len(view.Symbols))
	for i, s := range view.Symbols {
		visible[i] = pkg + "." + s
	}
	return Verdict{
		Rule:    rule.PrivateImport,
		Subject: e.To.Path + "." + symbol,
		Message: fmt.Sprintf("%s uses %s.%s, which %s keeps private; use %s",
			l.owner(e.From), pkg, symbol, e.To.Module.Name(), list(visible, "or")),
	}, true
}

// owner is the subject of a message about an edge between modules.
func (l *Law) owner(p Place) string {
	if p.Module == nil || p.Module.Path == Root {
		return dirLabel(p)
	}
	return p.Module.Name()
}

// judgeRole holds an import inside a product to the roles.
func (l *Law) judgeRole(e Edge) []Verdict {
	if e.Test || e.From.Module == nil || !e.From.Module.Product || e.From.Role.mayImport(e.To.Role) {
		return nil
	}
	v := Verdict{
		Rule: rule.RoleViolation,
		Message: fmt.Sprintf("%s imports %s, but role %s may import %s; %s",
			l.Label(e.From), l.Label(e.To), e.From.Role.Name, e.From.Role.allowed(), l.aroundRole(e)),
	}
	if e.From.Role.pos != (config.Pos{}) {
		v.Law, v.Says = e.From.Role.pos, "the role is redefined here"
	}
	return []Verdict{v}
}

// aroundRole says how to reach what a role may not import: through the
// product's own facade if that is allowed.
func (l *Law) aroundRole(e Edge) string {
	if home, ok := l.facadeOf(e.From); ok && e.From.Role.mayImport(l.facade()) && !e.From.Is(Facade) {
		return "call " + l.label(e.From.Module, home)
	}
	return "move what both need to a package that it may import"
}

// judgeDependency asks whether the module may depend on the other at all.
// Test-only imports are not edges of this kind.
func (l *Law) judgeDependency(e Edge) (Verdict, bool) {
	if e.Test {
		return Verdict{}, false
	}
	switch from, to := e.From.Module, e.To.Module; {
	case from == nil:
		return Verdict{}, false
	case to == nil && l.Config.RootModule == config.RootDependenciesOnly:
		return Verdict{
			Rule: rule.ForbiddenDependency,
			Message: fmt.Sprintf("%s imports %s, which belongs to no module, and root_module = %q lets nothing depend on those; move it into a module",
				l.owner(e.From), l.Label(e.To), config.RootDependenciesOnly),
			Law: l.Config.RootModulePos, Says: "nothing may depend on code of no module",
		}, true
	case to == nil:
		return Verdict{}, false
	default:
		d := l.dependency(from, to)
		if d.rule == "" {
			return Verdict{}, false
		}
		return Verdict{
			Rule:    d.rule,
			Message: fmt.Sprintf("%s imports %s%s", l.owner(e.From), l.Label(e.To), d.because),
			Law:     d.law,
			Says:    d.says,
		}, true
	}
}

// A dependency is the verdict on all edges from one module to another.
type dependency struct {
	rule    string // "": allowed
	because string // the rest of the message
	law     config.Pos
	says    string
}

// dependency judges a pair of modules, once.
func (l *Law) dependency(from, to *Module) *dependency {
	l.mu.Lock()
	defer l.mu.Unlock()
	pair := [2]*Module{from, to}
	d := l.verdicts[pair]
	if d == nil {
		d = l.judgePair(from, to)
		l.verdicts[pair] = d
	}
	return d
}

// judgePair goes through what can allow or forbid a dependency; the first
// that applies decides.
func (l *Law) judgePair(from, to *Module) *dependency {
	if p := find(from.CannotDependOn, to.Path); p != nil {
		return &dependency{rule.ForbiddenDependency,
			fmt.Sprintf(", and cannot_depend_on of %s forbids %s; remove the import", from.Name(), to.Name()),
			p.Pos, fmt.Sprintf("%s cannot depend on %s", from.Name(), p)}
	}
	if to.Visibility != nil && !matches(to.Visibility, from.Path) {
		return &dependency{rule.ForbiddenDependency,
			fmt.Sprintf(", but %s is visible to %s; remove the import or add %q to the visibility of %s", to.Name(), patternList(to.Visibility), from.Path, to.Path),
			to.Keys["visibility"], "the visibility of " + to.Name()}
	}
	needs := from.Needs(to)
	switch allowed, violation := l.judgeLayers(from, to); {
	case violation != nil:
		return violation
	case allowed, to.Utility, from.DependsOn == nil, needs != nil:
	default:
		return &dependency{rule.UndeclaredDependency,
			fmt.Sprintf(" without declaring it; add %q to depends_on of %s", to.Path, from.Path),
			from.Keys["depends_on"], "what " + from.Name() + " may depend on"}
	}
	if needs == nil || !needs.Deprecated {
		return &dependency{}
	}
	reason := ""
	if needs.Reason != "" {
		reason = ": " + strings.Join(strings.Fields(needs.Reason), " ")
	}
	return &dependency{rule.DeprecatedDependency,
		fmt.Sprintf(", a deprecated dependency%s; stop importing %s", reason, to.Name()),
		needs.Pos, "deprecated here"}
}

func find(patterns []config.Pattern, path string) *config.Pattern {
	for i := range patterns {
		if patterns[i].Match(path) {
			return &patterns[i]
		}
	}
	return nil
}

func patternList(patterns []config.Pattern) string {
	if len(patterns) == 0 {
		return "nobody"
	}
	words := make([]string, len(patterns))
	for i, p := range patterns {
		words[i] = p.String()
	}
	return list(words, "and") + " only"
}

// judgeLayers looks at an edge between two different layers. Highest first:
// a lower index is a higher floor.
func (l *Law) judgeLayers(from, to *Module) (allowed bool, violation *dependency) {
	if from.floor < 0 || to.floor < 0 || from.floor == to.floor {
		return false, nil
	}
	layers := l.Config.Layers
	if from.floor > to.floor {
		return false, &dependency{rule.LayerViolation,
			fmt.Sprintf(", but layer %s lies below layer %s; turn the dependency around or move what is shared down", from.Layer, to.Layer),
			layers[from.floor].Pos, fmt.Sprintf("layer %s lies below %s", from.Layer, to.Layer)}
	}
	between := layers[from.floor+1 : to.floor]
	if i := slices.IndexFunc(between, func(layer config.Layer) bool { return layer.Closed }); i >= 0 {
		return false, &dependency{rule.LayerViolation,
			fmt.Sprintf(", past layer %s, which is closed; go through a module of layer %s", between[i].Name, between[i].Name),
			between[i].Pos, fmt.Sprintf("layer %s is closed", between[i].Name)}
	}
	return !l.Config.LayersExplicit, nil
}

// JudgePackage says what is wrong with a package as such.
func (l *Law) JudgePackage(p Place) []Verdict {
	if p.Module != nil || l.Config.RootModule != config.RootForbid {
		return nil
	}
	return []Verdict{{
		Rule: rule.UnownedPackage,
		Message: fmt.Sprintf("package %s belongs to no module, and root_module = %q forbids that; add a [[modules]] entry for it",
			dirLabel(p), config.RootForbid),
		Law: l.Config.RootModulePos, Says: "every package must belong to a module",
	}}
}
