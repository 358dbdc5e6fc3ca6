package graph

import (
	"cmp"
	"encoding/json"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/boundaries-dev/boundaries/internal/check"
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
