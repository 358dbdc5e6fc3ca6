package graph

import (
	"bufio"
	_ "embed"
	"fmt"
	"html"
	"io"
	"unicode/utf8"
)

//go:embed picture.css
var pictureCSS string

// numbered is up to how many edges a picture says how many imports each is, if
// more than one: with more edges it would only get darker.
const numbered = 80

// WriteSVG draws a graph.
func (g *Graph) WriteSVG(w io.Writer) error {
	out := bufio.NewWriter(w)
	l := g.Lay()
	fmt.Fprintf(out, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img" aria-labelledby="title">`+"\n", l.Width, l.Height, l.Width, l.Height)
	fmt.Fprintf(out, "<title id=\"title\">%s</title>\n<style>\n%s</style>\n", html.EscapeString(g.title()), pictureCSS)
	writeMarkers(out)
	fmt.Fprintf(out, `<rect class="paper" width="%d" height="%d"/>`+"\n", l.Width, l.Height)
	g.drawBands(out, l)
	lines := g.lines(l)
	for _, wrong := range []bool{false, true} { // what is wrong lies on top
		for _, line := range lines {
			if (line.edge.State() != "fine") == wrong {
				fmt.Fprintf(out, `<path class="edge %[1]s" d="%[2]s" marker-end="url(#%[1]s)"><title>%[3]s</title></path>`+"\n",
					line.edge.State(), line.path(), html.EscapeString(line.edge.Title()))
			}
		}
	}
	for _, line := range lines {
		if n := line.edge.number(); n > 1 && (len(lines) <= numbered || line.edge.Wrong()) {
			x, y := line.middle()
			fmt.Fprintf(out, `<text class="count %s" x="%d" y="%d">%d</text>`+"\n", line.edge.State(), x, y+4, n)
		}
	}
	for i, m := range g.Modules {
		drawBox(out, m, l.Labels[i], l.Boxes[i])
	}
	fmt.Fprintln(out, "</svg>")
	return out.Flush()
}

// title says in a sentence what the picture shows.
func (g *Graph) title() string {
	drawn, wrong := 0, 0
	for _, e := range g.Edges {
		if e.Drawn() {
			drawn++
		}
		if e.Wrong() {
			wrong++
		}
	}
	s := fmt.Sprintf("%s, %s between them", count(len(g.Modules), "module"), count(drawn, "edge"))
	if wrong > 0 {
		s += fmt.Sprintf(", %d against the rules", wrong)
	}
	if n := len(g.Cycles); n > 0 {
		s += ", " + count(n, "loop")
	}
	return s
}

func writeMarkers(out io.Writer) {
	fmt.Fprint(out, "<defs>")
	for _, state := range []string{"fine", "known", "cycle", "warn", "error"} {
		fmt.Fprintf(out, `<marker id="%s" class="head %[1]s" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto" markerUnits="userSpaceOnUse"><path d="M0 0L8 4L0 8z"/></marker>`, state)
	}
	fmt.Fprintln(out, "</defs>")
}

func (g *Graph) drawBands(out io.Writer, l *Layout) {
	for i, b := range l.Bands {
		if b.Name == "" {
			continue
		}
		fmt.Fprintf(out, `<rect class="band b%d" x="8" y="%d" width="%d" height="%d" rx="8"/><text class="layer" x="20" y="%d">%s</text>`+"\n",
			i%2, b.Y, l.Width-16, b.H, b.Y+18, html.EscapeString(b.Name))
	}
}

func drawBox(out io.Writer, m *Module, label string, b Box) {
	fmt.Fprintf(out, `<g class="box %s"><title>%s</title><rect x="%d" y="%d" width="%d" height="%d" rx="6"/><text x="%d" y="%d">%s</text></g>`+"\n",
		m.Kind, html.EscapeString(m.title()), b.X, b.Y, b.W, b.H, b.X+b.W/2, b.Y+b.H/2+4, html.EscapeString(shorten(label, letters(b))))
}

func (m *Module) title() string {
	return fmt.Sprintf("%s: %s", m.Path, count(m.Packages, "package"))
}

// letters is how many of them fit into a box.
func letters(b Box) int { return int(float64(b.W-8) / letter) }

// shorten takes letters out of the middle of a long name.
func shorten(name string, most int) string {
	n := utf8.RuneCountInString(name)
	if n <= most {
		return name
	}
	runes := []rune(name)
	return string(runes[:most/2]) + "…" + string(runes[n-(most-1)/2:])
}
