package policy

import (
	"path"
	"slices"

	"github.com/boundaries-dev/boundaries/internal/config"
	"github.com/boundaries-dev/boundaries/internal/pattern"
)

// A Module is a directory tree that owns its packages, with the keys that the
// configuration sets for it merged, the most specific entry first. Nil lists
// are absent keys.
type Module struct {
	Path    string // directory relative to the root, or Root
	Product bool

	DependsOn              []config.Dependency
	CannotDependOn         []config.Pattern
	Layer                  string // "": none
	Visibility             []config.Pattern
	Utility                bool
	Unchecked              bool
	Interfaces             []config.Exposure
	DependsOnExternal      []config.Pattern
	CannotDependOnExternal []config.Pattern
	Owners                 []config.Text
	Frozen                 config.Level

	// Keys has the place of each key that is set for the module.
	Keys map[string]config.Pos

	name   string
	floor  int                // index of the layer, -1: none
	shared []config.Interface // the [[interfaces]] from it
}

// Name is what people call the module: its path, or for a product the name of
// its directory if all products lie in one.
func (m *Module) Name() string { return m.name }

// Called returns the modules that people may mean by a name: the one of that
// name, or else the products whose directory has it.
func Called(modules []*Module, name string) []*Module {
	var called []*Module
	for _, m := range modules {
		if m.Name() == name {
			return []*Module{m}
		}
		if m.Product && path.Base(m.Path) == name {
			called = append(called, m)
		}
	}
	return called
}

// Guarded reports whether the module has a surface, and so an API: products
// do, and modules with interfaces. Any other is open.
func (m *Module) Guarded() bool {
	return m.Product || m.Interfaces != nil || len(m.shared) > 0
}

// module returns the module at a path, made on first use. l.mu is held.
func (l *Law) module(dir string, product bool) *Module {
	if m := l.modules[dir]; m != nil {
		return m
	}
	m := &Module{Path: dir, Product: product, Frozen: l.Config.Contracts.Level, Keys: map[string]config.Pos{}, floor: -1}
	m.name = dir
	if product && l.oneHome {
		m.name = path.Base(dir)
	}
	for _, entry := range l.entries.of(dir) {
		m.merge(entry)
	}
	m.floor = slices.IndexFunc(l.Config.Layers, func(layer config.Layer) bool { return layer.Name == m.Layer })
	m.shared = l.interfaces.of(dir)
	l.modules[dir] = m
	return m
}

// merge sets the keys of an entry that no more specific entry has set.
func (m *Module) merge(e *config.Module) {
	for key, pos := range e.Keys {
		if _, set := m.Keys[key]; set {
			continue
		}
		m.Keys[key] = pos
		switch key {
		case "depends_on":
			m.DependsOn = e.DependsOn
		case "cannot_depend_on":
			m.CannotDependOn = e.CannotDependOn
		case "layer":
			m.Layer = e.Layer.Value
		case "visibility":
			m.Visibility = e.Visibility
		case "utility":
			m.Utility = *e.Utility
		case "unchecked":
			m.Unchecked = *e.Unchecked
		case "interfaces":
			m.Interfaces = e.Interfaces
		case "depends_on_external":
			m.DependsOnExternal = e.DependsOnExternal
		case "cannot_depend_on_external":
			m.CannotDependOnExternal = e.CannotDependOnExternal
		case "owners":
			m.Owners = e.Owners
		case "frozen":
			m.Frozen = *e.Frozen
		}
	}
}

func matches(patterns []config.Pattern, path string) bool {
	return slices.ContainsFunc(patterns, func(p config.Pattern) bool { return p.Match(path) })
}

// mostSpecific returns the entry that matches a path most specifically.
func mostSpecific(dependencies []config.Dependency, path string) *config.Dependency {
	var best *config.Dependency
	for i := range dependencies {
		d := &dependencies[i]
		if !d.Match(path) {
			continue
		}
		if best == nil || pattern.Compare(d.Pattern.Pattern, best.Pattern.Pattern, path) > 0 {
			best = d
		}
	}
	return best
}

// Needs returns the depends_on entry that speaks for an edge from m to
// another module, or nil.
func (m *Module) Needs(target *Module) *config.Dependency {
	return mostSpecific(m.DependsOn, target.Path)
}
