package graph

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"
)

// WriteText writes a graph for a terminal: each module with what it imports,
// and how often. paint colours a text by the state of an edge.
func (g *Graph) WriteText(w io.Writer, columns int, paint func(state, text string) string) error {
	b := bufio.NewWriter(w)
	widest := 0
	for _, m := range g.Modules {
		widest = max(widest, utf8.RuneCountInString(m.Path))
	}
	widest = min(widest, 40)
	out := map[string][]*Edge{}
	for _, e := range g.Edges {
		if e.Drawn() {
			out[e.From] = append(out[e.From], e)
		}
	}
	for i, layer := range g.byLayer() {
		name := layer.name
		if name == "" && len(g.Layers) > 0 {
			name = "no layer"
		}
		if i > 0 {
			fmt.Fprintln(b)
		}
		indent := ""
		if name != "" {
			fmt.Fprintf(b, "%s\n", strings.ToUpper(name))
			indent = "  "
		}
		for _, m := range layer.modules {
			writeModule(b, m, out[m.Path], indent, widest, columns, paint)
		}
	}
	fmt.Fprintf(b, "\n%s\n", g.title())
	for _, c := range g.Cycles {
		fmt.Fprintf(b, "loop: %s\n", paint("cycle", strings.Join(append(slices.Clone(c), c[0]), " → ")))
	}
	for _, state := range []string{"error", "warn", "cycle", "known"} {
		if slices.ContainsFunc(g.Edges, func(e *Edge) bool { return e.Drawn() && e.State() == state }) {
			fmt.Fprintf(b, "%s  %s\n", paint(state, marks[state]), legend[state])
		}
	}
	return b.Flush()
}

var (
	marks  = map[string]string{"error": "!", "warn": "?", "cycle": "↻", "known": "*"}
	legend = map[string]string{"error": "against a rule", "warn": "warned of", "cycle": "part of a loop", "known": "in the baseline, or ignored"}
)

func writeModule(out io.Writer, m *Module, edges []*Edge, indent string, widest, columns int, paint func(state, text string) string) {
	lead := fmt.Sprintf("%s%-*s → ", indent, widest, m.Path)
	if len(edges) == 0 {
		fmt.Fprintf(out, "%s%s\n", indent, m.Path)
		return
	}
	fmt.Fprint(out, lead)
	at := utf8.RuneCountInString(lead)
	for i, e := range edges {
		word := fmt.Sprintf("%s %d", e.To, e.number()) + marks[e.State()]
		if i < len(edges)-1 {
			word += ","
		}
		width := utf8.RuneCountInString(word)
		if i > 0 && at+1+width > columns {
			fmt.Fprintf(out, "\n%s", strings.Repeat(" ", utf8.RuneCountInString(lead)))
			at = utf8.RuneCountInString(lead)
		} else if i > 0 {
			fmt.Fprint(out, " ")
			at++
		}
		fmt.Fprint(out, paint(e.State(), word))
		at += width
	}
	fmt.Fprintln(out)
}
