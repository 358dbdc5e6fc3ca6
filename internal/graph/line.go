package graph

import (
	"cmp"
	"fmt"
	"slices"
)

// A line is how an edge is drawn: from a side of one box to a side of another.
type line struct {
	edge     *Edge
	from, to Box
	x1, x2   int
}

// Lines returns the drawn edges of a laid out graph. Where several meet a side
// of a box they are spread over it, in the order of where they lead.
func (g *Graph) lines(l *Layout) []line {
	index := map[string]int{}
	for i, m := range g.Modules {
		index[m.Path] = i
	}
	type end struct {
		line  int
		first bool // the beginning of the line, not its end
		other int  // where the other end is
	}
	type side struct {
		box int
		top bool
	}
	var lines []line
	sides := map[side][]end{}
	for _, e := range g.Edges {
		from, okFrom := index[e.From]
		to, okTo := index[e.To]
		if !okFrom || !okTo || !e.Drawn() {
			continue
		}
		a, b := l.Boxes[from], l.Boxes[to]
		n := len(lines)
		lines = append(lines, line{edge: e, from: a, to: b})
		leaves, arrives := side{from, b.Y <= a.Y}, side{to, b.Y >= a.Y}
		sides[leaves] = append(sides[leaves], end{n, true, b.X})
		sides[arrives] = append(sides[arrives], end{n, false, a.X})
	}
	for s, ends := range sides {
		slices.SortFunc(ends, func(a, b end) int { return cmp.Or(cmp.Compare(a.other, b.other), cmp.Compare(a.line, b.line)) })
		box := l.Boxes[s.box]
		for i, e := range ends {
			x := box.X + box.W*(i+1)/(len(ends)+1)
			if e.first {
				lines[e.line].x1 = x
			} else {
				lines[e.line].x2 = x
			}
		}
	}
	return lines
}

// path is the line as SVG has it.
func (l line) path() string {
	y1, y2 := l.from.Y+l.from.H, l.to.Y
	switch {
	case l.to.Y == l.from.Y: // an arch over what stands between
		y1 = l.from.Y
		return fmt.Sprintf("M%d %dC%d %d %d %d %d %d", l.x1, y1, l.x1, y1-rowGap, l.x2, y2-rowGap, l.x2, y2)
	case l.to.Y < l.from.Y:
		y1, y2 = l.from.Y, l.to.Y+l.to.H
	}
	bend := (y2 - y1) / 2
	return fmt.Sprintf("M%d %dC%d %d %d %d %d %d", l.x1, y1, l.x1, y1+bend, l.x2, y2-bend, l.x2, y2)
}

// middle is where the number of imports stands.
func (l line) middle() (x, y int) {
	if l.to.Y == l.from.Y {
		return (l.x1 + l.x2) / 2, l.from.Y - rowGap*3/4
	}
	y1, y2 := l.from.Y+l.from.H, l.to.Y
	if l.to.Y < l.from.Y {
		y1, y2 = l.from.Y, l.to.Y+l.to.H
	}
	return (l.x1 + l.x2) / 2, (y1 + y2) / 2
}

// State says in one word how an edge looks: "error", "warn", "cycle", "known"
// (the baseline or a comment hides what is wrong with it) or "fine".
func (e *Edge) State() string {
	switch {
	case e.Errors > 0:
		return "error"
	case e.Warnings > 0:
		return "warn"
	case e.Cycle:
		return "cycle"
	case e.Baselined+e.Ignored > 0:
		return "known"
	}
	return "fine"
}

// number is how many imports a picture says an edge is.
func (e *Edge) number() int { return max(e.Imports, e.Tests) }

// Title says in words what an edge is.
func (e *Edge) Title() string {
	title := fmt.Sprintf("%s → %s: %s", e.From, e.To, count(e.Imports, "import"))
	for _, part := range []struct {
		n    int
		what string
	}{{e.Tests, "in tests"}, {e.Errors, "against a rule"}, {e.Warnings, "warned of"}, {e.Baselined, "in the baseline"}, {e.Ignored, "ignored"}} {
		if part.n > 0 {
			title += fmt.Sprintf(", %d %s", part.n, part.what)
		}
	}
	if e.Cycle {
		title += ", part of a loop"
	}
	return title
}

func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
