package graph

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// random returns a graph of n modules in layers, some without one, with loops
// and edges that lead up.
func random(n int) *Graph {
	r := rand.New(rand.NewPCG(1, uint64(n)))
	g := &Graph{Layers: []string{"app", "product", "platform"}, Cycles: [][]string{}}
	for i := range n {
		m := &Module{Path: fmt.Sprintf("products/p%03d", i), Name: fmt.Sprintf("p%03d", i), Kind: "product", Packages: 1}
		if i%7 > 0 {
			m.Layer = g.Layers[i*3/n]
		}
		if i%3 == 0 {
			m.Owners = []string{fmt.Sprintf("team-%d", i%4)}
		}
		g.Modules = append(g.Modules, m)
	}
	for i := range n {
		for j := range n {
			if i == j || r.IntN(n) > 6 {
				continue
			}
			e := &Edge{From: g.Modules[i].Path, To: g.Modules[j].Path, Imports: 1 + r.IntN(4)}
			if j < i {
				e.Add("error")
			}
			g.Edges = append(g.Edges, e)
		}
	}
	return g
}

func TestLayout(t *testing.T) {
	for _, n := range []int{0, 1, 2, 9, 60, 61, 300} {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			g := random(n)
			l := g.Lay()
			for i, a := range l.Boxes {
				if a.X < 0 || a.Y < 0 || a.X+a.W > l.Width || a.Y+a.H > l.Height {
					t.Errorf("%s is drawn outside of the picture: %+v", g.Modules[i].Path, a)
				}
				for j, b := range l.Boxes[:i] {
					if a.X < b.X+b.W && b.X < a.X+a.W && a.Y < b.Y+b.H && b.Y < a.Y+a.H {
						t.Errorf("%s lies on %s", g.Modules[i].Path, g.Modules[j].Path)
					}
				}
				if band := bandOf(l, a); g.Modules[i].Layer != "" && band != g.Modules[i].Layer {
					t.Errorf("%s of layer %s is drawn in %s", g.Modules[i].Path, g.Modules[i].Layer, band)
				}
			}
			if diff := cmp.Diff(l, random(n).Lay()); diff != "" {
				t.Errorf("the same graph is drawn in another way: %s", diff)
			}
		})
	}
}

func bandOf(l *Layout, b Box) string {
	for _, band := range l.Bands {
		if band.Y <= b.Y && b.Y+b.H <= band.Y+band.H {
			return band.Name
		}
	}
	return "none"
}

// Importers stand above what they import, wherever there is no loop.
func TestLayoutPointsDown(t *testing.T) {
	g := &Graph{}
	for i := range 20 {
		g.Modules = append(g.Modules, &Module{Path: fmt.Sprintf("m%02d", i), Name: fmt.Sprint(i)})
		for _, j := range []int{i + 1, i + 2, i + 7} {
			if j < 20 {
				g.Edges = append(g.Edges, &Edge{From: fmt.Sprintf("m%02d", j), To: fmt.Sprintf("m%02d", i), Imports: 1})
			}
		}
	}
	l := g.Lay()
	for _, line := range g.lines(l) {
		if line.from.Y >= line.to.Y {
			t.Errorf("%s does not point down", line.edge.Title())
		}
	}
}

// odd is a graph of names that every language of pictures means something by.
func odd() *Graph {
	names := []string{`"quoted" \ name`, "<root>", "a&b;#c|d", "</script><b>]]>", "Łódź/übergröße", "-->"}
	g := &Graph{Layers: []string{`lay"er <x>`}, Cycles: [][]string{{names[0], names[1]}}}
	for i, n := range names {
		g.Modules = append(g.Modules, &Module{Path: n, Name: n, Kind: "product", Owners: []string{`team "<x>"`}})
		if i%2 == 0 {
			g.Modules[i].Layer = g.Layers[0]
		}
		e := &Edge{From: n, To: names[(i+1)%len(names)], Imports: i, Tests: 1, Cycle: i == 1}
		if i == 2 {
			e.Add("error")
			e.Findings = []Found{{"private-import", "error", "a.go", 1, "</script> `x`"}}
		}
		g.Edges = append(g.Edges, e)
	}
	return g
}

func TestOddNames(t *testing.T) {
	g := odd()
	var svg bytes.Buffer
	if err := g.WriteSVG(&svg); err != nil {
		t.Fatal(err)
	}
	d := xml.NewDecoder(&svg)
	for {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
	}
	var page bytes.Buffer
	if err := g.WriteHTML(&page, ""); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(page.String(), "</script>"); n != 2 {
		t.Errorf("the page ends %d scripts, not 2", n)
	}
	for _, outside := range []string{"http://", "https://", "@import", "url(\"", "src="} {
		if i := strings.Index(strings.ReplaceAll(page.String(), "http://www.w3.org/2000/svg", ""), outside); i >= 0 {
			t.Errorf("the page asks for something outside: %s", outside)
		}
	}
	var mermaid bytes.Buffer
	if err := g.WriteMermaid(&mermaid); err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(mermaid.String()) {
		if strings.Count(line, `"`)%2 != 0 {
			t.Errorf("mermaid has a loose quote: %s", line)
		}
	}
	var out bytes.Buffer
	if err := g.WriteJSON(&out); err != nil || !json.Valid(out.Bytes()) {
		t.Errorf("json: %v", err)
	}
}

func TestOwners(t *testing.T) {
	g := &Graph{
		Modules: []*Module{
			{Path: "a", Owners: []string{"x"}, Layer: "l", Packages: 1}, {Path: "b", Owners: []string{"x"}, Layer: "l", Packages: 2},
			{Path: "c", Owners: []string{"y"}, Packages: 1}, {Path: "d", Packages: 1},
		},
		Edges: []*Edge{{From: "a", To: "b", Imports: 1}, {From: "a", To: "c", Imports: 2}, {From: "b", To: "c", Imports: 3, Count: Count{Errors: 1}}, {From: "c", To: "d", Imports: 1}},
	}
	o := g.Owners()
	want := []*Edge{{From: "x", To: "y", Imports: 5, Count: Count{Errors: 1}}, {From: "y", To: "d", Imports: 1}}
	if diff := cmp.Diff(want, o.Edges); diff != "" {
		t.Error(diff)
	}
	if len(o.Modules) != 3 || o.Modules[1].Packages != 3 || o.Modules[1].Layer != "l" {
		t.Errorf("nodes are %+v", o.Modules)
	}
	if f := g.Focus("c"); len(f.Edges) != 3 || len(f.Modules) != 4 {
		t.Errorf("around c are %d edges and %d modules", len(f.Edges), len(f.Modules))
	}
	if g.Edges[0].Imports != 1 || g.Edges[1].Imports != 2 {
		t.Error("the graph itself has changed")
	}
}

func BenchmarkHTML(b *testing.B) {
	g := random(300)
	for b.Loop() {
		if err := g.WriteHTML(io.Discard, ""); err != nil {
			b.Fatal(err)
		}
	}
}

// What the title counts is what is drawn: an import in tests alone is not.
func TestTitleCountsWhatIsDrawn(t *testing.T) {
	g := &Graph{Modules: []*Module{{Path: "a"}, {Path: "b"}}, Edges: []*Edge{{From: "a", To: "b", Imports: 1}, {From: "b", To: "a", Tests: 1}}}
	if got, want := g.title(), "2 modules, 1 edge between them"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
