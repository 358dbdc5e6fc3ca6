package graph

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"strings"
)

// WriteDOT writes a graph for Graphviz.
func (g *Graph) WriteDOT(w io.Writer) error {
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, "digraph boundaries {\n\trankdir=TB; newrank=true; ranksep=0.8; tooltip=%s;\n", quoted(g.title()))
	if len(g.Modules) > many { // or dot would be at it for minutes
		fmt.Fprintln(out, "\tnslimit=1; nslimit1=1; mclimit=0.1; splines=line;")
	}
	fmt.Fprintln(out, "\tnode [shape=box, style=\"rounded,filled\", fillcolor=white, fontname=\"sans-serif\", fontsize=11];")
	fmt.Fprintln(out, "\tedge [color=\"#8c959f\", fontname=\"sans-serif\", fontsize=9];")
	for i, layer := range g.byLayer() {
		indent := "\t"
		if layer.name != "" {
			fmt.Fprintf(out, "\tsubgraph cluster_%d {\n\t\tlabel=%s; labeljust=l; style=filled; color=\"#eef1f4\"; fontname=\"sans-serif\";\n", i, quoted(layer.name))
			indent = "\t\t"
		}
		for _, m := range layer.modules {
			fmt.Fprintf(out, "%s%s [label=%s, tooltip=%s%s];\n", indent, quoted(m.Path), quoted(m.Name), quoted(m.title()), map[string]string{
				"product": `, fillcolor="#ddf4ff"`, "owner": `, fillcolor="#ddf4ff"`, "unowned": `, style="rounded,filled,dashed"`,
			}[m.Kind])
		}
		if layer.name != "" {
			fmt.Fprintln(out, "\t}")
		}
	}
	for _, e := range g.Edges {
		if !e.Drawn() {
			continue
		}
		fmt.Fprintf(out, "\t%s -> %s [label=%d, tooltip=%s%s];\n", quoted(e.From), quoted(e.To), e.number(), quoted(e.Title()), map[string]string{
			"error": `, color="#cf222e", fontcolor="#cf222e", penwidth=2`,
			"warn":  `, color="#bf8700", fontcolor="#bf8700", penwidth=1.8`,
			"cycle": `, color="#bc4c00", fontcolor="#bc4c00", penwidth=1.5`,
			"known": `, color="#8250df", style=dashed`,
		}[e.State()])
	}
	fmt.Fprintln(out, "}")
	return out.Flush()
}

var (
	escapeDOT = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", " ")
	// In a label of Mermaid only quotes, and what looks like an entity, mean
	// anything.
	escapeMermaid = strings.NewReplacer("#", "#35;", `"`, "#quot;", "<", "#lt;", ">", "#gt;", "\n", " ")
)

// quoted writes a string of the DOT language.
func quoted(s string) string { return `"` + escapeDOT.Replace(s) + `"` }

// A stratum is the modules of one layer.
type stratum struct {
	name    string
	modules []*Module
}

// byLayer groups the modules by layer, highest first, those without one last.
func (g *Graph) byLayer() []stratum {
	var strata []stratum
	for _, name := range append(append([]string{}, g.Layers...), "") {
		s := stratum{name: name}
		for _, m := range g.Modules {
			if m.Layer == name {
				s.modules = append(s.modules, m)
			}
		}
		if len(s.modules) > 0 {
			strata = append(strata, s)
		}
	}
	return strata
}

// WriteMermaid writes a graph for Mermaid, as READMEs show it.
func (g *Graph) WriteMermaid(w io.Writer) error {
	out := bufio.NewWriter(w)
	fmt.Fprintln(out, "flowchart TB")
	id := map[string]string{}
	for i, layer := range g.byLayer() {
		indent := "  "
		if layer.name != "" {
			fmt.Fprintf(out, "  subgraph l%d[%s]\n", i, inMermaid(layer.name))
			indent = "    "
		}
		for _, m := range layer.modules {
			id[m.Path] = fmt.Sprintf("m%d", len(id))
			class := cmp.Or(map[string]string{"product": ":::product", "owner": ":::product", "unowned": ":::unowned"}[m.Kind])
			fmt.Fprintf(out, "%s%s[%s]%s\n", indent, id[m.Path], inMermaid(m.Name), class)
		}
		if layer.name != "" {
			fmt.Fprintln(out, "  end")
		}
	}
	drawn := 0
	styles := map[string][]string{}
	for _, e := range g.Edges {
		if !e.Drawn() {
			continue
		}
		arrow := "-->"
		if e.State() == "known" {
			arrow = "-.->"
		}
		fmt.Fprintf(out, "  %s %s|%d| %s\n", id[e.From], arrow, e.number(), id[e.To])
		styles[e.State()] = append(styles[e.State()], fmt.Sprint(drawn))
		drawn++
	}
	for _, s := range []struct{ state, style string }{
		{"error", "stroke:#cf222e,stroke-width:3px,color:#cf222e"},
		{"warn", "stroke:#bf8700,stroke-width:2px,color:#bf8700"},
		{"cycle", "stroke:#bc4c00,stroke-width:2px,color:#bc4c00"},
		{"known", "stroke:#8250df"},
	} {
		if edges := styles[s.state]; len(edges) > 0 {
			fmt.Fprintf(out, "  linkStyle %s %s\n", strings.Join(edges, ","), s.style)
		}
	}
	fmt.Fprintln(out, "  classDef product fill:#ddf4ff,stroke:#54aeff,color:#1f2328")
	fmt.Fprintln(out, "  classDef unowned stroke-dasharray:4 3")
	return out.Flush()
}

func inMermaid(s string) string { return `"` + escapeMermaid.Replace(s) + `"` }
