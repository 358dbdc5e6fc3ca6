package adopt

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/boundaries-dev/boundaries/internal/policy"
)

// An edge is an import between two owners.
type edge struct {
	from, to policy.Place
	test     bool
}

// edges returns the imports that lead into a module from outside of it.
func (s *surveyor) edges() []edge {
	law := s.memory.Law()
	var all []edge
	for _, p := range s.memory.Tree().Packages {
		from := law.LocateDir(p.Dir, p.ImportPath)
		for _, f := range p.Files {
			for _, i := range f.Imports {
				to := law.Locate(i.Path, p.Dir)
				if to.Module != nil && to.Module != from.Module {
					all = append(all, edge{from, to, f.Test()})
				}
			}
		}
	}
	return all
}

// learn fills in what only the edges can tell, unless somebody has decided it
// already, in a tach.toml.
func (s *surveyor) learn(d *draft) {
	if s.shape == nil {
		return
	}
	edges := s.edges()
	needs := map[string][]string{}
	for _, n := range s.memory.Needs() {
		needs[n.From.Path] = append(needs[n.From.Path], n.To)
	}
	s.utilities(d, needs)
	for i := range d.groups {
		g := &d.groups[i]
		if g.container != nil && s.merge(g, needs) {
			s.wholesale(d, g.container, needs)
		}
	}
	x := entries(d)
	x.deprecate(edges)
	s.roles(d, edges)
	s.surfaces(x, edges)
	for dir, names := range s.owners() {
		if m := x[dir]; m != nil {
			m.owners = names
		}
	}
	s.contracts(d)
}

// utilities finds the modules that most others stand on, and that stand on
// nothing themselves but other utilities. Everyone may use them; to list them
// everywhere would say nothing.
func (s *surveyor) utilities(d *draft, needs map[string][]string) {
	users := map[string]int{}
	for _, targets := range needs {
		for _, to := range targets {
			users[to]++
		}
	}
	known := map[string]bool{}
	for again := true; again; {
		again = false
		for _, g := range d.groups {
			for i := range g.modules {
				m := &g.modules[i]
				if known[m.path] || users[m.path] < 4 || 5*users[m.path] < 2*len(needs) || s.products[m.path] != nil {
					continue
				}
				if slices.ContainsFunc(needs[m.path], func(to string) bool { return !known[to] }) {
					continue
				}
				known[m.path], again = true, true
				m.keys = append(m.keys, "utility    = true")
			}
		}
	}
	for from, targets := range needs {
		needs[from] = slices.DeleteFunc(targets, func(to string) bool { return known[to] })
	}
}

// merge makes one entry of the modules of a container, if they are many and
// keep to themselves, as plugins do: what at least two of them need is for
// all. Who needs more gets an entry of its own from declare.
func (s *surveyor) merge(g *group, needs map[string][]string) bool {
	const many = 12
	within, users := 0, map[string]int{}
	for _, m := range g.modules {
		inside := func(to string) bool { return path.Dir(to) == g.container.path }
		if slices.ContainsFunc(needs[m.path], inside) {
			within++
		}
		for _, to := range needs[m.path] {
			if !inside(to) {
				users[to]++
			}
		}
	}
	if len(g.modules) <= many || 3*within > len(g.modules) {
		return false
	}
	all := module{path: g.container.path + "/*"}
	for to, n := range users {
		if n > 1 {
			all.dependsOn = append(all.dependsOn, to)
		}
	}
	rest := slices.DeleteFunc(slices.Clone(g.modules), func(m module) bool { return len(m.keys) == 0 })
	g.comment = fmt.Sprintf("%d modules that keep to themselves: none needs another.", len(g.modules)-len(rest))
	if within > 0 {
		g.comment = fmt.Sprintf("%d modules. Who needs more than the rest, or one of them, has its own entry.", len(g.modules)-len(rest))
	}
	g.modules = append([]module{all}, rest...)
	return true
}

// wholesale lets a module that needs most modules of a container depend on
// all of them: a list of names would grow with each new one.
func (s *surveyor) wholesale(d *draft, c *dir, needs map[string][]string) {
	for _, g := range d.groups {
		for i := range g.modules {
			m := &g.modules[i]
			inside := func(to string) bool { return path.Dir(to) == c.path }
			some := slices.DeleteFunc(slices.Clone(needs[m.path]), func(to string) bool { return !inside(to) })
			if path.Dir(m.path) != c.path && 2*len(some) > len(c.children) {
				m.dependsOn = append(m.dependsOn, c.path+"/*")
			}
		}
	}
}

// An index finds the entry of a module in a draft.
type index map[string]*module

func entries(d *draft) index {
	x := index{}
	for _, g := range d.groups {
		for i := range g.modules {
			x[g.modules[i].path] = &g.modules[i]
		}
	}
	return x
}

// of returns the entry of a module: its own, or the one it shares.
func (x index) of(m *policy.Module) *module {
	if e := x[m.Path]; e != nil {
		return e
	}
	return x[path.Dir(m.Path)+"/*"]
}

// deprecate marks what is most likely a slip: of two that depend on each
// other, the direction that hardly anybody takes. A loop of modules has to be
// cut somewhere, and there it is cheapest.
func (x index) deprecate(edges []edge) {
	const few, times = 20, 5
	imports := map[[2]*module]int{}
	for _, e := range edges {
		if e.test || e.from.Module == nil {
			continue
		}
		if from, to := x.of(e.from.Module), x.of(e.to.Module); from != nil && to != nil && from != to {
			imports[[2]*module{from, to}]++
		}
	}
	for pair, n := range imports {
		from, to := pair[0], pair[1]
		back := imports[[2]*module{to, from}]
		if n > few || n*times > back || strings.HasSuffix(to.path, "/*") || len(to.keys) > 0 {
			continue
		}
		reason := fmt.Sprintf("%d imports against %d the other way", n, back)
		if n == 1 {
			reason = fmt.Sprintf("1 import against %d the other way", back)
		}
		from.deprecated = append(from.deprecated, deprecation{to.path, reason})
		from.dependsOn = slices.DeleteFunc(from.dependsOn, func(name string) bool { return name == to.path })
	}
	for _, m := range x {
		slices.SortFunc(m.deprecated, func(a, b deprecation) int { return strings.Compare(a.path, b.path) })
	}
}

// surfaces writes down what others import of a module, where it is little and
// there is more to keep private.
func (s *surveyor) surfaces(entries index, edges []edge) {
	entry := entries.of
	surface, hidden := map[*module]map[string]bool{}, map[*module]map[string]bool{}
	for _, e := range edges {
		note(surface, entry(e.to.Module), e.to.Sub)
	}
	for _, p := range s.memory.Tree().Packages {
		at := s.memory.Law().LocateDir(p.Dir, p.ImportPath)
		if at.Module != nil && !protected(at.Sub) && !onlyTests(p) && !surface[entry(at.Module)][at.Sub] {
			note(hidden, entry(at.Module), at.Sub)
		}
	}
	for _, m := range entries {
		product := s.products[m.path]
		switch {
		case len(m.keys) > 0, product != nil && (s.doored || product.facade()):
			continue
		case product != nil:
			m.comment = "no facade yet; interfaces is what others import today"
		case len(surface[m]) == 0 || len(surface[m]) > 6 || len(hidden[m]) < max(2, len(surface[m])):
			continue
		}
		m.interfaces = append([]string{}, slices.Collect(maps.Keys(surface[m]))...)
	}
}

func note(at map[*module]map[string]bool, m *module, sub string) {
	if at[m] == nil {
		at[m] = map[string]bool{}
	}
	at[m][sub] = true
}

// protected reports whether the compiler keeps a package private already.
func protected(sub string) bool {
	return slices.Contains(strings.Split(sub, "/"), "internal")
}
