package graph

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/boundaries-dev/boundaries/internal/config"
)

// Named returns the path of the module that somebody means by a path or name.
func (g *Graph) Named(word string) (string, error) {
	var words []string
	for _, m := range g.Modules {
		if m.Path == word {
			return m.Path, nil
		}
		words = append(words, m.Path, m.Name)
	}
	var called []string // products whose directory has that name
	for _, m := range g.Modules {
		if m.Name == word {
			return m.Path, nil
		}
		if m.Kind == "product" && path.Base(m.Path) == word {
			called = append(called, m.Path)
		}
	}
	switch len(called) {
	case 0:
	case 1:
		return called[0], nil
	default:
		return "", fmt.Errorf("%s may be %s; give the directory", word, strings.Join(called, " or "))
	}
	if near := config.Nearest(word, words); near != "" {
		return "", fmt.Errorf("%s is no module; did you mean %q?", word, near)
	}
	return "", fmt.Errorf("%s is no module of this tree", word)
}

// Focus returns the graph of one module and those it has to do with.
func (g *Graph) Focus(module string) *Graph {
	keep := map[string]bool{module: true}
	f := *g
	f.Edges, f.Modules, f.Cycles = []*Edge{}, []*Module{}, [][]string{}
	for _, e := range g.Edges {
		if e.From == module || e.To == module {
			f.Edges = append(f.Edges, e)
			keep[e.From], keep[e.To] = true, true
		}
	}
	for _, m := range g.Modules {
		if keep[m.Path] {
			f.Modules = append(f.Modules, m)
		}
	}
	for _, c := range g.Cycles {
		if slices.Contains(c, module) {
			f.Cycles = append(f.Cycles, c)
		}
	}
	return &f
}

// Owners returns the graph in which owners stand for the modules they own. A
// module with several owners is that of them together; one without stands for
// itself.
func (g *Graph) Owners() *Graph {
	o := &Graph{Layers: g.Layers, Modules: []*Module{}, Edges: []*Edge{}, Cycles: g.Cycles}
	owner, nodes, edges := map[string]string{}, map[string]*Module{}, map[[2]string]*Edge{}
	for _, m := range g.Modules {
		name := strings.Join(m.Owners, ", ")
		if name == "" {
			owner[m.Path] = m.Path
			o.Modules = append(o.Modules, m)
			continue
		}
		owner[m.Path] = name
		n := nodes[name]
		if n == nil {
			n = &Module{Path: name, Name: name, Kind: "owner", Layer: m.Layer}
			nodes[name] = n
			o.Modules = append(o.Modules, n)
		}
		if n.Layer != m.Layer {
			n.Layer = ""
		}
		n.Packages += m.Packages
		n.Members = append(n.Members, m.Path)
	}
	for _, e := range g.Edges {
		pair := [2]string{owner[e.From], owner[e.To]}
		if pair[0] == pair[1] {
			continue
		}
		sum := edges[pair]
		if sum == nil {
			sum = &Edge{From: pair[0], To: pair[1]}
			edges[pair] = sum
			o.Edges = append(o.Edges, sum)
		}
		sum.join(e)
	}
	slices.SortFunc(o.Edges, func(a, b *Edge) int { return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To)) })
	slices.SortFunc(o.Modules, func(a, b *Module) int { return cmp.Compare(a.Path, b.Path) })
	return o
}

func (e *Edge) join(other *Edge) {
	e.Imports += other.Imports
	e.Tests += other.Tests
	e.Errors += other.Errors
	e.Warnings += other.Warnings
	e.Baselined += other.Baselined
	e.Ignored += other.Ignored
	e.Cycle = e.Cycle || other.Cycle
	e.Findings = append(e.Findings, other.Findings...)
}
