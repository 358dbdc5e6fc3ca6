package check

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/boundaries-dev/boundaries/internal/policy"
	"github.com/boundaries-dev/boundaries/internal/report"
	"github.com/boundaries-dev/boundaries/internal/rule"
)

// A graph is the modules, sorted by path, with the edges between them as
// indices, and for each pair the first import that makes it.
type graph struct {
	nodes []*policy.Module
	out   [][]int
	first map[[2]int]edge
}

// moduleGraph draws the real edges between modules: no tests, and not those of
// unchecked modules.
func (r *run) moduleGraph() *graph {
	first := map[[2]*policy.Module]edge{}
	seen := map[*policy.Module]bool{}
	g := &graph{first: map[[2]int]edge{}}
	for _, p := range r.packages {
		for _, e := range p.edges {
			from, to := e.From.Module, e.To.Module
			if e.Test || from == nil || to == nil || from == to || from.Unchecked {
				continue
			}
			for _, m := range []*policy.Module{from, to} {
				if !seen[m] {
					seen[m] = true
					g.nodes = append(g.nodes, m)
				}
			}
			pair := [2]*policy.Module{from, to}
			if _, known := first[pair]; !known {
				first[pair] = e
			}
		}
	}
	slices.SortFunc(g.nodes, byPath)
	index := map[*policy.Module]int{}
	for i, m := range g.nodes {
		index[m] = i
	}
	g.out = make([][]int, len(g.nodes))
	for pair, e := range first {
		from, to := index[pair[0]], index[pair[1]]
		g.first[[2]int{from, to}] = e
		g.out[from] = append(g.out[from], to)
	}
	for _, targets := range g.out {
		slices.Sort(targets)
	}
	return g
}

func byPath(a, b *policy.Module) int { return cmp.Compare(a.Path, b.Path) }

// cycles reports each strongly connected set of modules once, at the first
// import of a shortest chain through it.
func (r *run) cycles() {
	g := r.moduleGraph()
	for _, set := range g.components() {
		if len(set) > 1 {
			r.reportCycle(g, g.shortestCycle(set))
		}
	}
}

func (r *run) reportCycle(g *graph, chain []int) {
	var names []string
	var related []report.Related
	for i, from := range chain {
		to := chain[(i+1)%len(chain)]
		e := g.first[[2]int{from, to}]
		names = append(names, g.nodes[from].Path)
		related = append(related, report.Related{
			File: e.file.Path, Line: e.spec.Line, Column: e.spec.Column,
			Message: fmt.Sprintf("%s imports %s", g.nodes[from].Path, e.spec.Path),
		})
	}
	first := g.first[[2]int{chain[0], chain[1]}]
	loop := strings.Join(append(names, names[0]), " → ")
	r.report(first.From, first.To, first.file.Path, first.spec.Range, policy.Verdict{
		Rule:    rule.ModuleCycle,
		Subject: loop,
		Message: fmt.Sprintf("%s closes a loop of modules, %s; remove one of these imports", names[0], loop),
	})
	r.findings[len(r.findings)-1].Related = related
}

// components returns the strongly connected sets, by Tarjan's algorithm with
// a stack of its own, since a chain of modules may be long. A frame is a node
// and how many of its edges were followed.
func (g *graph) components() [][]int {
	type frame struct{ node, next int }
	var (
		sets    [][]int
		stack   []int
		onStack = make([]bool, len(g.nodes))
		order   = make([]int, len(g.nodes)) // of discovery, from 1
		low     = make([]int, len(g.nodes))
		found   = 0
	)
	for start := range g.nodes {
		if order[start] != 0 {
			continue
		}
		for frames := []frame{{node: start}}; len(frames) > 0; {
			f := &frames[len(frames)-1]
			n := f.node
			if f.next == 0 {
				found++
				order[n], low[n] = found, found
				stack, onStack[n] = append(stack, n), true
			}
			if f.next < len(g.out[n]) {
				to := g.out[n][f.next]
				f.next++
				switch {
				case order[to] == 0:
					frames = append(frames, frame{node: to})
				case onStack[to]:
					low[n] = min(low[n], order[to])
				}
				continue
			}
			if low[n] == order[n] {
				i := slices.Index(stack, n)
				set := slices.Clone(stack[i:])
				stack = stack[:i]
				for _, m := range set {
					onStack[m] = false
				}
				slices.Sort(set)
				sets = append(sets, set)
			}
			frames = frames[:len(frames)-1]
			if len(frames) > 0 {
				parent := frames[len(frames)-1].node
				low[parent] = min(low[parent], low[n])
			}
		}
	}
	slices.SortFunc(sets, func(a, b []int) int { return cmp.Compare(a[0], b[0]) })
	return sets
}

// shortestCycle returns a shortest cycle in a strongly connected set, of
// several the one whose first module sorts first. It searches breadth first
// from each module, and no deeper than the shortest cycle so far.
func (g *graph) shortestCycle(set []int) []int {
	s := search{
		graph:    g,
		inside:   make([]bool, len(g.nodes)),
		cameFrom: make([]int, len(g.nodes)),
		depth:    make([]int, len(g.nodes)),
	}
	for _, n := range set {
		s.inside[n] = true
	}
	var best []int
	for _, start := range set {
		limit := len(set) + 1
		if best != nil {
			limit = len(best)
		}
		if chain := s.cycleThrough(start, limit); chain != nil {
			best = chain
		}
		if len(best) == 2 {
			break
		}
	}
	return best
}

// A search is the memory of breadth-first searches in one set.
type search struct {
	*graph
	inside   []bool
	cameFrom []int
	depth    []int // of this search, 0: not seen
	queue    []int
}

// cycleThrough returns a shortest cycle through a node, if it is shorter than
// the limit.
func (s *search) cycleThrough(start, limit int) []int {
	clear(s.depth)
	s.depth[start] = 1
	s.queue = append(s.queue[:0], start)
	for i := 0; i < len(s.queue); i++ {
		n := s.queue[i]
		if s.depth[n] >= limit {
			return nil
		}
		for _, to := range s.out[n] {
			if to == start {
				return s.chain(start, n)
			}
			if s.inside[to] && s.depth[to] == 0 {
				s.depth[to], s.cameFrom[to] = s.depth[n]+1, n
				s.queue = append(s.queue, to)
			}
		}
	}
	return nil
}

// chain returns the way from start to a node that the search reached.
func (s *search) chain(start, end int) []int {
	chain := []int{end}
	for n := end; n != start; {
		n = s.cameFrom[n]
		chain = append(chain, n)
	}
	slices.Reverse(chain)
	return chain
}
