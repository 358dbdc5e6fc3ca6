package graph

import (
	"cmp"
	"slices"
)

// An arranger holds modules as indices while they are put in order.
type arranger struct {
	g       *Graph
	index   map[string]int
	out, in [][]int // drawn edges
	bands   []*band
	at      []float64 // how far to the right a node is in its rank, 0 to 1
}

type band struct {
	name  string
	nodes []int
	ranks [][]int
}

func newArranger(g *Graph) *arranger {
	n := len(g.Modules)
	a := &arranger{g: g, index: map[string]int{}, out: make([][]int, n), in: make([][]int, n), at: make([]float64, n)}
	for i, m := range g.Modules {
		a.index[m.Path] = i
	}
	for _, e := range g.Edges {
		from, okFrom := a.index[e.From]
		to, okTo := a.index[e.To]
		if okFrom && okTo && e.Drawn() {
			a.out[from] = append(a.out[from], to)
			a.in[to] = append(a.in[to], from)
		}
	}
	a.sortIntoBands()
	return a
}

// sortIntoBands makes a band of each layer. Modules without one stand above
// the layers if nobody there imports them, else below.
func (a *arranger) sortIntoBands() {
	layered := func(i int) bool { return slices.Contains(a.g.Layers, a.g.Modules[i].Layer) }
	byLayer := map[string]*band{}
	above, below := &band{}, &band{}
	a.bands = append(a.bands, above)
	for _, name := range a.g.Layers {
		byLayer[name] = &band{name: name}
		a.bands = append(a.bands, byLayer[name])
	}
	a.bands = append(a.bands, below)
	for i, m := range a.g.Modules {
		switch {
		case layered(i):
			byLayer[m.Layer].nodes = append(byLayer[m.Layer].nodes, i)
		case slices.ContainsFunc(a.in[i], layered) || !slices.ContainsFunc(a.out[i], layered):
			below.nodes = append(below.nodes, i)
		default:
			above.nodes = append(above.nodes, i)
		}
	}
	a.bands = slices.DeleteFunc(a.bands, func(b *band) bool { return len(b.nodes) == 0 })
	if len(a.bands) > 1 {
		for _, b := range a.bands {
			b.name = cmp.Or(b.name, "no layer")
		}
	}
}

// rank puts each node one rank below the lowest of those in its band that
// import it. Edges that lead back, as they do in loops, are not counted.
func (a *arranger) rank(nodes []int) [][]int {
	inside := map[int]bool{}
	for _, n := range nodes {
		inside[n] = true
	}
	order := a.order(nodes, inside)
	position := map[int]int{}
	for i, n := range order {
		position[n] = i
	}
	depth := map[int]int{}
	var ranks [][]int
	for _, n := range order {
		for _, m := range a.in[n] {
			if inside[m] && position[m] < position[n] {
				depth[n] = max(depth[n], depth[m]+1)
			}
		}
		for len(ranks) <= depth[n] {
			ranks = append(ranks, nil)
		}
		ranks[depth[n]] = append(ranks[depth[n]], n)
	}
	for _, r := range ranks {
		slices.Sort(r)
	}
	return ranks
}

// order returns the nodes so that importers come before what they import, as
// far as loops allow: the reverse of the order in which a search leaves them.
// It has a stack of its own, since a chain of modules may be long.
func (a *arranger) order(nodes []int, inside map[int]bool) []int {
	type frame struct{ node, next int }
	var left []int
	seen := map[int]bool{}
	for _, start := range nodes {
		if seen[start] {
			continue
		}
		seen[start] = true
		for frames := []frame{{start, 0}}; len(frames) > 0; {
			f := &frames[len(frames)-1]
			if f.next == len(a.out[f.node]) {
				left = append(left, f.node)
				frames = frames[:len(frames)-1]
				continue
			}
			to := a.out[f.node][f.next]
			f.next++
			if inside[to] && !seen[to] {
				seen[to] = true
				frames = append(frames, frame{to, 0})
			}
		}
	}
	slices.Reverse(left)
	return left
}

// untangle sorts each rank by where the neighbours are, a few times down and
// up, so that fewer edges cross.
func (a *arranger) untangle() {
	var ranks [][]int
	for _, b := range a.bands {
		ranks = append(ranks, b.ranks...)
	}
	for _, r := range ranks {
		a.spread(r)
	}
	for sweep := range 6 {
		neighbours := a.in
		if sweep%2 == 1 {
			neighbours = a.out
		}
		for i := range ranks {
			r := ranks[i]
			if sweep%2 == 1 {
				r = ranks[len(ranks)-1-i]
			}
			want := map[int]float64{}
			for _, n := range r {
				want[n] = a.mean(n, neighbours[n])
			}
			slices.SortStableFunc(r, func(m, n int) int { return cmp.Compare(want[m], want[n]) })
			a.spread(r)
		}
	}
}

func (a *arranger) spread(rank []int) {
	for i, n := range rank {
		a.at[n] = (float64(i) + 0.5) / float64(len(rank))
	}
}

func (a *arranger) mean(n int, neighbours []int) float64 {
	if len(neighbours) == 0 {
		return a.at[n]
	}
	sum := 0.0
	for _, m := range neighbours {
		sum += a.at[m]
	}
	return sum / float64(len(neighbours))
}
