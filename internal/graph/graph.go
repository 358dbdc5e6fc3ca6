package graph

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/boundaries-dev/boundaries/internal/check"
	"github.com/boundaries-dev/boundaries/internal/config"
	"github.com/boundaries-dev/boundaries/internal/policy"
	"github.com/boundaries-dev/boundaries/internal/report"
	"github.com/boundaries-dev/boundaries/internal/rule"
)

// A Graph is the modules of a tree, and the imports between them added up.
type Graph struct {
	Layers  []string   `json:"layers"` // highest first
	Modules []*Module  `json:"modules"`
	Edges   []*Edge    `json:"edges"`
	Cycles  [][]string `json:"cycles"` // loops, each as the modules that import one the next and the last the first
}

// A Module is a node of the graph.
type Module struct {
	Path     string   `json:"path"`
	Name     string   `json:"name"`
	Kind     string   `json:"kind"` // "product", "module", "unowned" or, where owners stand for what they own, "owner"
	Layer    string   `json:"layer,omitempty"`
	Owners   []string `json:"owners,omitempty"`
	Utility  bool     `json:"utility,omitempty"`
	Packages int      `json:"packages"`
	Members  []string `json:"members,omitempty"` // of an owner: the modules
}

// An Edge is all imports from one module to another.
type Edge struct {
	From    string `json:"from"`
	To      string `json:"to"`
	Imports int    `json:"imports"`
	Tests   int    `json:"tests,omitempty"` // more imports, in tests
	Count
	Cycle    bool    `json:"cycle,omitempty"` // it closes a loop
	Findings []Found `json:"findings,omitempty"`
}

// A Count says how many findings there are, by what became of them.
type Count struct {
	Errors    int `json:"errors,omitempty"`
	Warnings  int `json:"warnings,omitempty"`
	Baselined int `json:"baselined,omitempty"`
	Ignored   int `json:"ignored,omitempty"`
}

// Add counts one finding.
func (c *Count) Add(status string) {
	switch status {
	case Baselined:
		c.Baselined++
	case Ignored:
		c.Ignored++
	case string(rule.Error):
		c.Errors++
	default:
		c.Warnings++
	}
}

// A Found is a finding about an import of an edge.
type Found struct {
	Rule    string `json:"rule"`
	Status  string `json:"status"`
	File    string `json:"file"`
	Line    int    `json:"line"`
	Message string `json:"message"`
}

// Wrong reports whether a rule has something against an edge that nobody has
// agreed to live with.
func (e *Edge) Wrong() bool { return e.Errors+e.Warnings > 0 }

// Drawn reports whether an edge belongs into a picture: what only tests need
// is not there unless it is wrong.
func (e *Edge) Drawn() bool { return e.Imports > 0 || e.Wrong() }

// New adds up what a run has found.
func New(res *check.Result) *Graph {
	g := &Graph{Layers: []string{}, Modules: []*Module{}, Edges: []*Edge{}, Cycles: [][]string{}}
	law := res.Law()
	if law == nil {
		return g
	}
	for _, layer := range law.Config.Layers {
		g.Layers = append(g.Layers, layer.Name)
	}
	modules, edges := map[string]*Module{}, map[[2]string]*Edge{}
	for p := range res.Packages() {
		owner := p.Owner()
		if modules[owner] == nil {
			modules[owner] = newModule(p)
		}
		modules[owner].Packages++
	}
	rulings := Verdicts(res)
	for i := range res.Imports() {
		from, to := i.From.Owner(), i.To.Owner()
		if !i.To.InTree || from == to || modules[to] == nil {
			continue
		}
		pair := [2]string{from, to}
		if edges[pair] == nil {
			edges[pair] = &Edge{From: from, To: to}
		}
		edges[pair].add(i, rulings.At(i))
	}
	g.Cycles = append(g.Cycles, cycles(res)...)
	g.Edges = slices.SortedFunc(maps.Values(edges), func(a, b *Edge) int {
		return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To))
	})
	g.markCycles()
	g.Modules = slices.SortedFunc(maps.Values(modules), func(a, b *Module) int { return cmp.Compare(a.Path, b.Path) })
	g.dropLoneUnowned()
	return g
}

func newModule(p policy.Place) *Module {
	m := p.Module
	if m == nil {
		return &Module{Path: policy.Root, Name: policy.Root, Kind: "unowned"}
	}
	n := &Module{Path: m.Path, Name: m.Name(), Kind: "module", Layer: m.Layer, Utility: m.Utility}
	if m.Product {
		n.Kind = "product"
	}
	for _, o := range m.Owners {
		n.Owners = append(n.Owners, o.Value)
	}
	return n
}

// add counts one import. That it closes a loop is shown on all edges of the
// loop, not here.
func (e *Edge) add(i check.Import, verdicts []Verdict) {
	if i.Test {
		e.Tests++
	} else {
		e.Imports++
	}
	for _, v := range verdicts {
		if v.Rule == rule.ModuleCycle {
			continue
		}
		e.Add(v.Status)
		e.Findings = append(e.Findings, Found{v.Rule, v.Status, v.File, v.Line, report.Line(v.Message)})
	}
}

// cycles returns the loops that module-cycle has found.
func cycles(res *check.Result) [][]string {
	var loops [][]string
	for _, findings := range [][]report.Finding{res.Findings, res.Known, res.Ignored} {
		for _, f := range findings {
			if f.Rule == rule.ModuleCycle {
				loop := strings.Split(f.Subject, " → ")
				loops = append(loops, loop[:len(loop)-1])
			}
		}
	}
	slices.SortFunc(loops, slices.Compare[[]string])
	return loops
}

func (g *Graph) markCycles() {
	closes := map[[2]string]bool{}
	for _, loop := range g.Cycles {
		for i, m := range loop {
			closes[[2]string{m, loop[(i+1)%len(loop)]}] = true
		}
	}
	for _, e := range g.Edges {
		e.Cycle = closes[[2]string{e.From, e.To}]
	}
}

// dropLoneUnowned leaves out the unowned packages if they have nothing to do
// with any module.
func (g *Graph) dropLoneUnowned() {
	touched := slices.ContainsFunc(g.Edges, func(e *Edge) bool { return e.From == policy.Root || e.To == policy.Root })
	if !touched {
		g.Modules = slices.DeleteFunc(g.Modules, func(m *Module) bool { return m.Kind == "unowned" })
	}
}

// Named returns the path of the module that somebody means by a path or name.
func (g *Graph) Named(word string) (string, error) {
	var words []string
	for _, m := range g.Modules {
		if m.Path == word {
			return m.Path, nil
		}
		words = append(words, m.Path, m.Name)
	}
	for _, m := range g.Modules {
		if m.Name == word {
			return m.Path, nil
		}
	}
	if near := config.Nearest(word, words); near != "" {
		return "", fmt.Errorf("%s is no module; did you mean %q?", word, near)
	}
	return "", fmt.Errorf("%s is no module of this tree", word)
}

// WriteJSON writes a graph as one object.
func (g *Graph) WriteJSON(w io.Writer) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(struct {
		Schema int `json:"schema"`
		*Graph
	}{1, g})
}

// Focus returns the graph of one module and those it has to do with.
func (g *Graph) Focus(path string) *Graph {
	keep := map[string]bool{path: true}
	f := *g
	f.Edges, f.Modules, f.Cycles = []*Edge{}, []*Module{}, [][]string{}
	for _, e := range g.Edges {
		if e.From == path || e.To == path {
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
		if slices.Contains(c, path) {
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
