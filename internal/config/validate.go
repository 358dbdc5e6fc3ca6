package config

import (
	"cmp"
	"iter"
	"maps"
	"slices"

	"github.com/boundaries-dev/boundaries/internal/rule"
)

type severity = rule.Severity

func mapKeys[V any](m map[string]V) iter.Seq[string] { return maps.Keys(m) }

// BuiltinRoles are the names of the roles that need no [roles.NAME].
var BuiltinRoles = []string{"facade", "contracts", "facadetest", "models", "logic", "presentation", "routes", "tasks", "internal"}

// finish makes the checks that need the whole configuration, and sorts the
// complaints.
func finish(c *Config, d *decoder) []Problem {
	d.checkLayers(c)
	d.checkRoles(c)
	d.checkDuplicates(c)
	for _, p := range c.Exclude {
		if p.Match(".") {
			d.complain(p.Pos, "exclude has %q, which is the root itself", p)
		}
	}
	slices.SortStableFunc(d.problems, func(a, b Problem) int {
		return cmp.Or(compareFiles(a.Pos.File, b.Pos.File, c.File), cmp.Compare(a.Pos.Line, b.Pos.Line),
			cmp.Compare(a.Pos.Column, b.Pos.Column), cmp.Compare(a.Message, b.Message))
	})
	return slices.Compact(d.problems)
}

// compareFiles sorts the root's file first.
func compareFiles(a, b, first string) int {
	switch {
	case a == b:
		return 0
	case a == first:
		return -1
	case b == first:
		return 1
	}
	return cmp.Compare(a, b)
}

func (d *decoder) checkLayers(c *Config) {
	names := make([]string, len(c.Layers))
	for i, l := range c.Layers {
		names[i] = l.Name
	}
	for _, m := range c.Modules {
		if m.Layer != nil && !slices.Contains(names, m.Layer.Value) {
			d.complain(m.Layer.Pos, "layer %q is not in layers%s", m.Layer.Value, didYouMean(m.Layer.Value, names))
		}
	}
}

func (d *decoder) checkRoles(c *Config) {
	names := slices.Clone(BuiltinRoles)
	for _, r := range c.Roles {
		names = append(names, r.Name)
	}
	for _, r := range c.Roles {
		for _, i := range r.Imports {
			if !slices.Contains(names, i.Value) {
				d.complain(i.Pos, "role %q does not exist%s", i.Value, didYouMean(i.Value, names))
			}
		}
		switch builtin := slices.Contains(BuiltinRoles, r.Name); {
		case r.Name == "internal" && r.Packages != nil:
			d.complain(r.Pos, "role \"internal\" is what no other role matches; it takes no packages")
		case !builtin && r.Packages == nil:
			d.complain(r.Pos, "[roles.%s] has no packages%s", r.Name, didYouMean(r.Name, BuiltinRoles))
		}
	}
}

// checkDuplicates finds modules declared twice, and keys of one product set
// in both of its places. Patterns may overlap: there the more specific wins.
func (d *decoder) checkDuplicates(c *Config) {
	type claim struct {
		module *Module
		pos    Pos
	}
	claims := map[string]claim{}
	for i := range c.Modules {
		m := &c.Modules[i]
		for _, p := range m.Paths {
			name := p.String()
			if literal, ok := p.Literals(); ok && len(literal) == 1 {
				name = literal[0]
			}
			first, taken := claims[name]
			switch {
			case !taken:
				claims[name] = claim{m, p.Pos}
			case m.ProductFile && !first.module.ProductFile:
				d.checkKeys(m, first.module)
			default:
				d.complain(p.Pos, "module %q is already declared at %s", name, first.pos)
			}
		}
	}
}

// checkKeys complains about keys that a product.toml repeats.
func (d *decoder) checkKeys(product, entry *Module) {
	for name, pos := range product.Keys {
		if at, both := entry.Keys[name]; both {
			d.complain(pos, "%q is set here and at %s; keep one", name, at)
		}
	}
}
