package graph

import (
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
