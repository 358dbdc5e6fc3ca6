package policy

import (
	"path"
	"slices"
	"strings"

	"github.com/boundaries-dev/boundaries/internal/config"
	"github.com/boundaries-dev/boundaries/internal/pattern"
)

// A View is what a consumer sees of a package of another module.
type View struct {
	All     bool
	Symbols []string // the exported symbols it sees, if not all; sorted
}

// None reports that the consumer sees nothing.
func (v View) None() bool { return !v.All && len(v.Symbols) == 0 }

// Sees reports whether the consumer may use a package-level symbol.
func (v View) Sees(symbol string) bool { return v.All || slices.Contains(v.Symbols, symbol) }

// View returns what a package sees of another: all of it inside one module
// and in open modules, otherwise what lies on the other's surface for this
// consumer. test says that the consumer is a _test.go file.
func (l *Law) View(from, to Place, test bool) View {
	if !to.InTree || to.Module == nil || from.Module == to.Module || !to.Module.Guarded() {
		return View{All: true}
	}
	surface, exclusive := to.Module.surfaceFor(from)
	if !exclusive && to.Module.byRole() && exposedTo(to.Role, from, test) {
		return View{All: true}
	}
	return project(surface, to.Sub)
}

// byRole reports whether the roles say what the module exposes.
func (m *Module) byRole() bool { return m.Product && m.Interfaces == nil }

// surfaceFor returns what the entries of the configuration expose of a module
// to a consumer. exclusive says that there is nothing else.
func (m *Module) surfaceFor(from Place) (surface []config.Exposure, exclusive bool) {
	surface = m.Interfaces
	for _, i := range m.shared {
		if !visibleTo(i.Visibility, from) || exclusive && !i.Exclusive {
			continue
		}
		if i.Exclusive && !exclusive {
			exclusive, surface = true, nil
		}
		surface = append(slices.Clip(surface), i.Expose...)
	}
	return surface, exclusive
}

// visibleTo matches modules by their path, and packages by their directory.
func visibleTo(visibility []config.Pattern, from Place) bool {
	return visibility == nil || matches(visibility, from.Owner()) || matches(visibility, from.Dir)
}

func exposedTo(r *Role, from Place, test bool) bool {
	switch r.Exposed {
	case config.ExposedAll:
		return true
	case config.ExposedTests:
		return test
	case config.ExposedRoot:
		return from.Module == nil || !from.Module.Product
	}
	return false
}

// project keeps what a surface says about one package.
func project(surface []config.Exposure, sub string) View {
	var v View
	for _, e := range surface {
		switch {
		case !e.Package.Match(sub):
		case e.Symbol == "":
			return View{All: true}
		default:
			v.Symbols = append(v.Symbols, e.Symbol)
		}
	}
	slices.Sort(v.Symbols)
	v.Symbols = slices.Compact(v.Symbols)
	return v
}

// OnSurface reports whether a package is part of its module's API: exposed to
// somebody, or one of the roles that always count. An open module has no API.
func (l *Law) OnSurface(p Place) bool {
	if p.Module == nil || !p.Module.Guarded() {
		return false
	}
	if p.Module.Product && (p.Is(Facade) || p.Is(Contracts) || p.Is(FacadeTest)) {
		return true
	}
	if p.Module.Interfaces == nil && p.Module.Product && p.Role.Exposed != config.ExposedNo {
		return true
	}
	exposes := func(e config.Exposure) bool { return e.Package.Match(p.Sub) }
	return slices.ContainsFunc(p.Module.Interfaces, exposes) ||
		slices.ContainsFunc(p.Module.shared, func(i config.Interface) bool { return slices.ContainsFunc(i.Expose, exposes) })
}

// Surface describes the surface of a module, for people: its packages and
// symbols as patterns relative to the module.
func (l *Law) Surface(m *Module) []string {
	var words []string
	switch {
	case m.Interfaces != nil:
		for _, e := range m.Interfaces {
			words = append(words, e.Text)
		}
	case m.Product:
		for _, r := range l.roles {
			if homes := r.homes(""); r.Exposed == config.ExposedAll && len(homes) > 0 {
				words = append(words, homes[0])
			}
		}
	}
	for _, i := range m.shared {
		for _, e := range i.Expose {
			words = append(words, e.Text)
		}
	}
	slices.Sort(words)
	return slices.Compact(words)
}

// instead names what a consumer may import of the module of to, for the
// imperative of a message.
func (l *Law) instead(from, to Place) string {
	m := to.Module
	surface, exclusive := m.surfaceFor(from)
	if !exclusive && m.byRole() && l.facade().Exposed == config.ExposedAll {
		if home, ok := l.facadeOf(to); ok {
			return "import " + l.label(m, home)
		}
	}
	var words []string
	for _, e := range surface {
		if l.hasOne(m, e.Package) {
			words = append(words, l.label(m, e.Text))
		}
	}
	slices.Sort(words)
	words = slices.Compact(words)
	switch {
	case len(words) == 0:
		return "expose it in an [[interfaces]] entry or drop the import"
	case len(words) > 3:
		words = append(words[:3], "another of its interfaces")
	}
	return "import " + list(words, "or")
}

// hasOne reports whether a package that a module exposes exists; of a pattern
// with wildcards it is believed.
func (l *Law) hasOne(m *Module, p pattern.Pattern) bool {
	subs, literal := p.Literals()
	return !literal || l.HasDir == nil || m.Path == Root ||
		slices.ContainsFunc(subs, func(sub string) bool { return l.HasDir(path.Join(m.Path, sub)) })
}

// facadeOf returns where the facade of a package's module lies, relative to
// the module, if it has one.
func (l *Law) facadeOf(p Place) (sub string, ok bool) {
	for _, home := range l.facade().homes(p.Sub) {
		if l.HasDir == nil || l.HasDir(path.Join(p.Module.Path, home)) {
			return home, true
		}
	}
	return "", false
}

func (l *Law) facade() *Role {
	return l.roles[slices.IndexFunc(l.roles, func(r *Role) bool { return r.Name == Facade })]
}

// label is what a message calls a package, or a pattern of them, of a module:
// "billing/models" in a product, its path elsewhere.
func (l *Law) label(m *Module, sub string) string {
	if sub == "." || sub == "" {
		return m.Name()
	}
	if m.Path == "." || m.Path == Root {
		return sub
	}
	return m.Name() + "/" + strings.TrimPrefix(sub, "./")
}

// Label is what a message calls a package: by its module, or by its directory
// if it is unowned, or by its import path if it is not in the tree.
func (l *Law) Label(p Place) string {
	switch {
	case !p.InTree:
		return p.Path
	case p.Module == nil:
		return dirLabel(p)
	}
	return l.label(p.Module, p.Sub)
}

// dirLabel names an unowned package; the one at the root has only its import
// path.
func dirLabel(p Place) string {
	if p.Dir == "." {
		return path.Base(p.Path)
	}
	return p.Dir
}
