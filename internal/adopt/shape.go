package adopt

import (
	"path"
	"slices"
	"strings"

	"github.com/boundaries-dev/boundaries/internal/imports"
)

// A dir is a directory of the tree, with what lies in and below it.
type dir struct {
	path     string
	parent   *dir
	children []*dir // those with packages, by path
	own      bool   // it is a package, and not of tests only
	goMod    bool   // a go.mod lies in it
	packages int    // in and below it, those of tests only not counted
	programs int    // packages named main among them
	goMods   int    // go.mod files below it
}

// shape builds the directories of a tree. Those that hold no package, in or
// below them, are left out.
func shape(t *imports.Tree) *dir {
	dirs := map[string]*dir{}
	var at func(name string) *dir
	at = func(name string) *dir {
		d := dirs[name]
		if d == nil {
			d = &dir{path: name}
			dirs[name] = d
			if name != "." {
				up := at(path.Dir(name))
				up.children, d.parent = append(up.children, d), up
			}
		}
		return d
	}
	root := at(".")
	for _, p := range t.Packages {
		d := at(p.Dir)
		if onlyTests(p) {
			continue
		}
		d.own = true
		for ; ; d = at(path.Dir(d.path)) {
			d.packages++
			if p.Files[0].PackageName == "main" {
				d.programs++
			}
			if d == root {
				break
			}
		}
	}
	for _, m := range t.GoModules {
		if dirs[m.Dir] == nil {
			continue
		}
		at(m.Dir).goMod = true
		for d := at(m.Dir); d != root; {
			d = at(path.Dir(d.path))
			d.goMods++
		}
	}
	for _, d := range dirs {
		slices.SortFunc(d.children, func(a, b *dir) int { return strings.Compare(a.path, b.path) })
	}
	return root
}

func onlyTests(p *imports.Package) bool {
	return !slices.ContainsFunc(p.Files, func(f *imports.File) bool { return !f.Test() })
}

// containers are names that say: what counts is one floor down.
var containers = map[string]bool{
	"internal": true, "pkg": true, "src": true, "lib": true, "libs": true, "app": true, "apps": true,
	"service": true, "services": true, "module": true, "modules": true, "domain": true, "domains": true,
	"feature": true, "features": true, "component": true, "components": true, "plugin": true, "plugins": true,
	"package": true, "packages": true, "platform": true, "go": true, "backend": true, "products": true,
}

// opens reports whether a directory is no module itself but holds modules:
// because it has no code of its own and a name that says so, or Go modules
// below it; or because a module of that size would say nothing about the
// tree, and it consists of parts that are something.
func (d *dir) opens(root *dir) bool {
	inner, parts := 0, 0
	for _, c := range d.children {
		if c.packages > 0 {
			inner++
		}
		if c.packages > 2 {
			parts++
		}
	}
	switch {
	case d == root:
		return true
	case inner < 2:
		return false
	case !d.own && !d.goMod && (d.goMods > 1 || containers[path.Base(d.path)] && d.exposed(root)):
		return true
	}
	return parts > 2 && 4*parts > inner && 5*d.packages > root.packages
}

// exposed reports whether no directory above has code of its own: what lies
// below a package is a part of it.
func (d *dir) exposed(root *dir) bool {
	for up := d.parent; up != root; up = up.parent {
		if up.own {
			return false
		}
	}
	return true
}

// apart reports whether a directory holds what belongs to no module: programs,
// which wire everything together, and tests and examples of the whole.
func (d *dir) apart() bool {
	workshop := slices.Contains([]string{"bin", "contrib", "dev", "hack", "script", "scripts", "tool", "tools"}, path.Base(d.path))
	if d.programs == d.packages || workshop && 2*d.programs >= d.packages {
		return true
	}
	words := strings.FieldsFunc(path.Base(d.path), func(r rune) bool { return r == '-' || r == '_' || r == '.' })
	return slices.ContainsFunc(words, func(w string) bool {
		return slices.Contains([]string{"cmd", "test", "tests", "testing", "e2e", "integration", "example", "examples", "sample", "samples"}, w)
	})
}

// foreign reports whether a directory holds somebody else's code.
func (d *dir) foreign() bool {
	return slices.Contains([]string{"third_party", "third-party", "thirdparty", "node_modules"}, path.Base(d.path))
}
