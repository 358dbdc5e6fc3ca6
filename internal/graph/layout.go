package graph

import (
	"cmp"
	"math"
	"slices"
	"unicode/utf8"
)

// A Layout is where the modules of a graph are drawn: in bands, one for each
// layer, importers above what they import, in rows that fit on a screen.
type Layout struct {
	Width  int      `json:"width"`
	Height int      `json:"height"`
	Bands  []Band   `json:"bands"`
	Boxes  []Box    `json:"boxes"`  // as the modules of the graph
	Labels []string `json:"labels"` // likewise: what they are called
}

// A Band is a layer, from left to right.
type Band struct {
	Name string `json:"name"`
	Y    int    `json:"y"`
	H    int    `json:"h"`
}

// A Box is where one module is drawn.
type Box struct {
	X int `json:"x"`
	Y int `json:"y"`
	W int `json:"w"`
	H int `json:"h"`
}

// Sizes, in pixels.
const (
	boxHeight = 34
	boxGap    = 18 // between boxes of a row
	rowGap    = 20 // between the rows of one rank
	rankGap   = 52 // between ranks: there the edges are seen
	bandPad   = 26
	bandGap   = 26
	margin    = 24
	letter    = 7.6 // the width of one at 12 pixels, generously
	maxLetter = 30  // of a name that is drawn,
	maxDense  = 20  // or if room is short
)

// Lay lays out a graph.
func (g *Graph) Lay() *Layout {
	a := newArranger(g)
	for _, band := range a.bands {
		band.ranks = a.rank(band.nodes)
	}
	a.untangle()
	return a.place()
}

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

// place gives each node its box.
func (a *arranger) place() *Layout {
	labels := a.labels()
	size := a.size(labels)
	columns := a.columns(size)
	l := &Layout{Width: 2*margin + columns*(size.W+boxGap) - boxGap, Bands: []Band{}, Boxes: make([]Box, len(a.g.Modules)), Labels: labels}
	y, shift := margin, 0.0
	for _, b := range a.bands {
		top := y
		y += bandPad
		for i, row := range a.rows(b, columns) {
			if i > 0 {
				y += row.gap
			}
			x := margin
			if !a.dense() {
				// Short rows are shifted, each by another amount, so that what
				// stands between two others does not hide the edge between them.
				_, shift = math.Modf(shift + math.Phi - 1)
				x += int((0.15 + 0.7*shift) * float64((columns-len(row.nodes))*(size.W+boxGap)))
			}
			for _, n := range row.nodes {
				l.Boxes[n] = Box{x, y, size.W, size.H}
				x += size.W + boxGap
			}
			y += size.H
		}
		y += bandPad
		l.Bands = append(l.Bands, Band{b.name, top, y - top})
		y += bandGap
	}
	l.Height = y + margin - bandGap
	return l
}

// dense reports whether there are so many modules that all the room is needed
// to keep their names readable.
func (a *arranger) dense() bool { return len(a.g.Modules) > many }

// many is from how many modules on a picture is dense.
const many = 60

// labels are the names of the modules or, if room is short, as much of the end
// of their paths as tells them apart.
func (a *arranger) labels() []string {
	labels := make([]string, len(a.g.Modules))
	taken := map[string]int{}
	for i, m := range a.g.Modules {
		labels[i] = m.Name
		for _, end := range ends(m.Path) {
			taken[end]++
		}
	}
	if !a.dense() {
		return labels
	}
	for i, m := range a.g.Modules {
		for _, end := range ends(m.Path) {
			if taken[end] == 1 {
				labels[i] = end
				break
			}
		}
	}
	return labels
}

// ends are the ends of a path, the shortest first.
func ends(path string) []string {
	var ends []string
	for i := len(path) - 1; i > 0; i-- {
		if path[i-1] == '/' {
			ends = append(ends, path[i:])
		}
	}
	return append(ends, path)
}

// size is that of each box: enough for the longest label, within reason.
func (a *arranger) size(labels []string) Box {
	longest := 0
	for _, label := range labels {
		longest = max(longest, utf8.RuneCountInString(label))
	}
	if a.dense() {
		return Box{W: int(letter*float64(min(longest, maxDense))) + 14, H: boxHeight - 8}
	}
	return Box{W: int(letter*float64(min(longest, maxLetter))) + 28, H: boxHeight}
}

// A row is boxes beside each other, and how far below the row before.
type row struct {
	nodes []int
	gap   int
}

// rows breaks a band into rows: each rank into one or more of them or, if room
// is short, all ranks one after the other.
func (a *arranger) rows(b *band, columns int) []row {
	var rows []row
	if a.dense() {
		for nodes := range slices.Chunk(slices.Concat(b.ranks...), columns) {
			rows = append(rows, row{nodes, rowGap})
		}
		return rows
	}
	for _, r := range b.ranks {
		n := (len(r) + columns - 1) / columns
		for i := range n {
			gap := rowGap
			if i == 0 {
				gap = rankGap
			}
			rows = append(rows, row{r[i*len(r)/n : (i+1)*len(r)/n], gap})
		}
	}
	return rows
}

// columns chooses how many boxes stand in a row at most: as many as give the
// picture the shape of a screen.
func (a *arranger) columns(size Box) int {
	best, nearest := 1, math.Inf(1)
	for columns := 1; columns <= min(len(a.g.Modules), 200); columns++ {
		height := 0
		for _, b := range a.bands {
			height += 2*bandPad + bandGap
			for _, r := range a.rows(b, columns) {
				height += r.gap + size.H
			}
		}
		if off := math.Abs(math.Log(float64(columns*(size.W+boxGap)) / float64(height) / 1.4)); off < nearest {
			best, nearest = columns, off
		}
	}
	return best
}
