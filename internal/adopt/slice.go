package adopt

import (
	"path"
	"strings"
)

// parts are what a vertical slice consists of, and what its directories tend
// to be called.
var parts = map[string]string{
	"facade":    "facade",
	"contracts": "contracts", "contract": "contracts", "dto": "contracts", "dtos": "contracts",
	"models": "models", "model": "models", "entities": "models", "entity": "models",
	"logic": "logic", "service": "logic", "services": "logic", "usecase": "logic", "usecases": "logic",
	"application": "logic", "core": "logic", "domain": "logic",
	"presentation": "presentation", "handler": "presentation", "handlers": "presentation", "http": "presentation",
	"rest": "presentation", "transport": "presentation", "delivery": "presentation", "web": "presentation",
	"controller": "presentation", "controllers": "presentation", "endpoint": "presentation", "endpoints": "presentation",
	"repository": "store", "repositories": "store", "repo": "store", "store": "store", "storage": "store",
	"persistence": "store", "infrastructure": "store", "infra": "store", "dao": "store", "db": "store",
	"routes": "routes", "tasks": "tasks", "jobs": "tasks",
}

// slice reports whether a directory is a vertical slice: it holds different
// parts of one, or a facade.
func (d *dir) slice() bool {
	found := map[string]bool{}
	d.parts(found)
	return found["facade"] || len(found) > 1
}

func (d *dir) parts(found map[string]bool) {
	for _, c := range d.children {
		name := path.Base(c.path)
		if part, ok := parts[name]; ok && c.packages > 0 {
			found[part] = true
		}
		if name == "internal" || name == "backend" {
			c.parts(found)
		}
	}
}

// A family is a directory whose children are products: some, or all of them.
type family struct {
	parent   *dir
	children []*dir
	all      bool
}

// families finds the directories that hold products: where at least two
// children, and most, are slices, or by the name of products.
func (d *dir) families() []family {
	var inner, slices []*dir
	for _, c := range d.children {
		if c.packages == 0 || c.foreign() || d.path == "." && c.apart() {
			continue
		}
		inner = append(inner, c)
		if c.slice() {
			slices = append(slices, c)
		}
	}
	switch {
	case path.Base(d.path) == "products" && !d.own && len(inner) > 0:
		return []family{{d, inner, true}}
	case len(slices) > 1 && 2*len(slices) > len(inner) && !d.own:
		return []family{{d, slices, d.path != "." && len(slices) == len(inner)}}
	}
	var found []family
	for _, c := range inner {
		if strings.Count(c.path, "/") < 4 {
			found = append(found, c.families()...)
		}
	}
	return found
}

// pattern is how products names the family.
func (f family) pattern() []string {
	if f.all {
		return []string{f.parent.path + "/*"}
	}
	names := make([]string, len(f.children))
	for i, c := range f.children {
		names[i] = c.path
	}
	return names
}

// facade reports whether a slice has a package of that name where it belongs.
func (d *dir) facade() bool {
	for _, c := range d.children {
		switch path.Base(c.path) {
		case "facade":
			return c.packages > 0
		case "backend", "internal":
			if c.facade() {
				return true
			}
		}
	}
	return false
}
