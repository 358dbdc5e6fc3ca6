package standing

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/boundaries-dev/boundaries/internal/graph"
	"github.com/boundaries-dev/boundaries/internal/report"
)

var (
	//go:embed page.html
	pageHTML string
	//go:embed page.css
	pageCSS string
	//go:embed page.js
	pageJS string

	page = template.Must(template.New("page").Funcs(template.FuncMap{
		"change": change, "count": count, "join": strings.Join, "add": func(a, b int) int { return a + b }, "sub": func(a, b int) int { return a - b },
	}).Parse(pageHTML))
)

// WriteHTML writes a report as a page of its own, which asks nothing of the
// network.
func (r *Report) WriteHTML(w io.Writer) error {
	points := append(slices.Clone(r.History), r.Total)
	return page.Execute(w, map[string]any{
		"Report": r, "Points": points, "Last": last(r.History), "Next": r.nextSteps(), "Products": shown(r.Products), "Others": shown(withFindings(r.Others)),
		"CSS": template.CSS(pageCSS), "JS": template.JS(pageJS),
		"Findings": draw(points, "findings", line{"open", func(p Point) int { return p.Errors + p.Warnings }}, line{"baselined", func(p Point) int { return p.Baselined }}),
		"Trend":    draw(points, "percent", line{"isolation", func(p Point) int { return p.Isolation }}),
	})
}

func last(history []Point) *Point {
	if len(history) == 0 {
		return nil
	}
	return &history[len(history)-1]
}

func withFindings(modules []*Product) []*Product {
	return slices.DeleteFunc(slices.Clone(modules), func(p *Product) bool { return len(p.Rules) == 0 })
}

// A row is a product as the page shows it.
type row struct {
	*Product
	Level string // of its isolation: "high", "middle", "low" or "none"
	Rules []ruleCount
	Open  []shownFinding // the first of them
	More  int            // open findings that are not shown
}

type ruleCount struct {
	Rule string
	N    int
}

type shownFinding struct{ Severity, Place, Message, Rule string }

// shownPerProduct bounds the list of open findings: it is a page for people.
const shownPerProduct = 25

func shown(products []*Product) []row {
	var rows []row
	for _, p := range products {
		r := row{Product: p, Level: level(p.Isolation)}
		for _, name := range slices.Sorted(maps.Keys(p.Rules)) {
			r.Rules = append(r.Rules, ruleCount{name, p.Rules[name]})
		}
		for _, f := range p.found {
			switch {
			case f.status == graph.Baselined || f.status == graph.Ignored:
			case len(r.Open) == shownPerProduct:
				r.More++
			default:
				r.Open = append(r.Open, shownFinding{f.status, fmt.Sprintf("%s:%d", f.File, f.Line), report.Line(f.Message), f.Rule})
			}
		}
		rows = append(rows, r)
	}
	return rows
}

func level(isolation *int) string {
	switch {
	case isolation == nil:
		return "none"
	case *isolation >= 85:
		return "high"
	case *isolation >= 60:
		return "middle"
	}
	return "low"
}

// A chart is lines over the reports, ready to be drawn.
type chart struct {
	What  string
	Top   int
	Lines []chartLine
}

type chartLine struct {
	Name, Points string // as SVG has them
	X, Y, Last   int
}

type line struct {
	name string
	of   func(Point) int
}

// draw lays out a chart of 360 by 120, or returns nil if there is no earlier
// report.
func draw(points []Point, what string, lines ...line) *chart {
	if len(points) < 2 {
		return nil
	}
	c := &chart{What: what, Top: 1}
	if what == "percent" {
		c.Top = 100
	}
	for _, l := range lines {
		for _, p := range points {
			c.Top = max(c.Top, l.of(p))
		}
	}
	for _, l := range lines {
		drawn := chartLine{Name: l.name}
		var b strings.Builder
		for i, p := range points {
			drawn.X, drawn.Y, drawn.Last = 10+i*340/(len(points)-1), 110-l.of(p)*100/c.Top, l.of(p)
			fmt.Fprintf(&b, "%d,%d ", drawn.X, drawn.Y)
		}
		drawn.Points = strings.TrimSpace(b.String())
		c.Lines = append(c.Lines, drawn)
	}
	return c
}
