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

// A graph is the modules and, for each pair, the first import between them.
type graph struct {
	nodes []*policy.Module // by path
	out   map[*policy.Module][]*policy.Module
	first map[[2]*policy.Module]edge
}

// moduleGraph draws the real edges between modules: no tests, and not those of
// unchecked modules.
func (r *run) moduleGraph() *graph {
	g := &graph{out: map[*policy.Module][]*policy.Module{}, first: map[[2]*policy.Module]edge{}}
	seen := map[*policy.Module]bool{}
	node := func(m *policy.Module) {
		if !seen[m] {
			seen[m] = true
			g.nodes = append(g.nodes, m)
		}
	}
	for _, p := range r.packages {
		for _, e := range p.edges {
			from, to := e.From.Module, e.To.Module
			if e.Test || from == nil || to == nil || from == to || from.Unchecked {
				continue
			}
			node(from)
			node(to)
			pair := [2]*policy.Module{from, to}
			if _, known := g.first[pair]; !known {
				g.first[pair] = e
				g.out[from] = append(g.out[from], to)
			}
		}
	}
	slices.SortFunc(g.nodes, byPath)
	for _, targets := range g.out {
		slices.SortFunc(targets, byPath)
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

func (r *run) reportCycle(g *graph, chain []*policy.Module) {
	var names []string
	var related []report.Related
	for i, m := range chain {
		next := chain[(i+1)%len(chain)]
		e := g.first[[2]*policy.Module{m, next}]
		names = append(names, m.Path)
		related = append(related, report.Related{
			File: e.file.Path, Line: e.spec.Line, Column: e.spec.Column,
			Message: fmt.Sprintf("%s imports %s", m.Path, e.spec.Path),
		})
	}
	first := g.first[[2]*policy.Module{chain[0], chain[1]}]
	names = append(names, names[0])
	r.report(first.From, first.To, first.file.Path, first.spec.Range, policy.Verdict{
		Rule:    rule.ModuleCycle,
		Message: fmt.Sprintf("%s closes a loop of modules, %s; remove one of these imports", names[0], strings.Join(names, " → ")),
	})
	r.findings[len(r.findings)-1].Related = related
}

// components returns the strongly connected sets, by Tarjan's algorithm with
// a stack of its own, since a chain of modules may be long. A frame is a node
// and how many of its edges were followed.
func (g *graph) components() [][]*policy.Module {
	type frame struct {
		node *policy.Module
		next int
	}
	var (
		sets    [][]*policy.Module
		stack   []*policy.Module
		onStack = map[*policy.Module]bool{}
		index   = map[*policy.Module]int{} // from 1, in order of discovery
		low     = map[*policy.Module]int{}
	)
	for _, start := range g.nodes {
		if index[start] != 0 {
			continue
		}
		frames := []frame{{node: start}}
		for len(frames) > 0 {
			f := &frames[len(frames)-1]
			n := f.node
			if f.next == 0 {
				index[n] = len(index) + 1
				low[n] = index[n]
				stack, onStack[n] = append(stack, n), true
			}
			if f.next < len(g.out[n]) {
				to := g.out[n][f.next]
				f.next++
				switch {
				case index[to] == 0:
					frames = append(frames, frame{node: to})
				case onStack[to]:
					low[n] = min(low[n], index[to])
				}
				continue
			}
			if low[n] == index[n] {
				var set []*policy.Module
				for len(set) == 0 || set[len(set)-1] != n {
					last := stack[len(stack)-1]
					stack, onStack[last] = stack[:len(stack)-1], false
					set = append(set, last)
				}
				slices.SortFunc(set, byPath)
				sets = append(sets, set)
			}
			frames = frames[:len(frames)-1]
			if len(frames) > 0 {
				parent := frames[len(frames)-1].node
				low[parent] = min(low[parent], low[n])
			}
		}
	}
	slices.SortFunc(sets, func(a, b []*policy.Module) int { return byPath(a[0], b[0]) })
	return sets
}

// shortestCycle returns a shortest cycle in a strongly connected set, the one
// whose first module sorts first. It searches breadth first from each module.
func (g *graph) shortestCycle(set []*policy.Module) []*policy.Module {
	inside := map[*policy.Module]bool{}
	for _, m := range set {
		inside[m] = true
	}
	var best []*policy.Module
	for _, start := range set {
		if chain := g.cycleThrough(start, inside); best == nil || len(chain) < len(best) {
			best = chain
		}
		if len(best) == 2 {
			break
		}
	}
	return best
}

func (g *graph) cycleThrough(start *policy.Module, inside map[*policy.Module]bool) []*policy.Module {
	cameFrom := map[*policy.Module]*policy.Module{}
	for queue := []*policy.Module{start}; len(queue) > 0; queue = queue[1:] {
		for _, to := range g.out[queue[0]] {
			if to == start {
				var chain []*policy.Module
				for m := queue[0]; m != start; m = cameFrom[m] {
					chain = append(chain, m)
				}
				chain = append(chain, start)
				slices.Reverse(chain)
				return chain
			}
			if _, seen := cameFrom[to]; inside[to] && !seen {
				cameFrom[to] = queue[0]
				queue = append(queue, to)
			}
		}
	}
	return nil
}
