// Package standing answers: how well is each product kept apart from the
// others, is that getting better, and what is the next step?
package standing

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/boundaries-dev/boundaries/internal/check"
	"github.com/boundaries-dev/boundaries/internal/graph"
	"github.com/boundaries-dev/boundaries/internal/policy"
	"github.com/boundaries-dev/boundaries/internal/report"
	"github.com/boundaries-dev/boundaries/internal/rule"
)

// Schema is the version of the JSON format.
const Schema = 1

// A Report is what a page for people says about a tree.
type Report struct {
	Schema   int        `json:"schema"`
	Date     string     `json:"date"`
	Partial  bool       `json:"partial,omitempty"` // only imports were looked at
	Problems []string   `json:"problems,omitempty"`
	Total    Point      `json:"total"`
	History  []Point    `json:"history"` // the reports before this one, oldest first
	Products []*Product `json:"products"`
	Others   []*Product `json:"others,omitempty"` // modules that are no products
	Cycles   [][]string `json:"cycles,omitempty"`

	elsewhere graph.Count // findings that no module has
}

// A Point is the sums of one report.
type Point struct {
	Date      string `json:"date"`
	Products  int    `json:"products"`
	Errors    int    `json:"errors"`
	Warnings  int    `json:"warnings"`
	Baselined int    `json:"baselined"`
	Ignored   int    `json:"ignored"`
	Isolation int    `json:"isolation"` // the mean of all products
}

// A Product is how one product, or another module, stands.
type Product struct {
	Path       string         `json:"path"`
	Name       string         `json:"name"`
	Owners     []string       `json:"owners,omitempty"`
	Layer      string         `json:"layer,omitempty"`
	Packages   int            `json:"packages"`
	Files      int            `json:"files"`
	Surface    []string       `json:"surface"`    // its packages that others may see, relative to it
	Dependents []string       `json:"dependents"` // the modules that import it
	DependsOn  []string       `json:"dependsOn"`
	Rules      map[string]int `json:"rules,omitempty"` // all findings, by rule
	graph.Count
	Isolation *int     `json:"isolation,omitempty"` // 0 to 100; nil for what is no product
	Steps     []string `json:"steps,omitempty"`     // what would raise it, the most helpful first
	Before    *Before  `json:"before,omitempty"`

	module *policy.Module
	facade bool // a package of it has that role
	found  []finding
	behind []finding // imports of others that reach behind its surface
	in     int       // imports of it from other modules
	out    int       // its imports of other guarded modules
}

// Before is what the previous report said of a product.
type Before struct {
	Errors    int  `json:"errors"`
	Warnings  int  `json:"warnings"`
	Baselined int  `json:"baselined"`
	Isolation *int `json:"isolation,omitempty"`
}

type finding struct {
	report.Finding
	status string
}

// New draws up the report of a run over a whole tree. previous may be nil.
func New(res *check.Result, date string, partial bool, previous *Report) *Report {
	r := &Report{Schema: Schema, Date: date, Partial: partial, History: []Point{}, Products: []*Product{}}
	products := collect(res)
	r.addFindings(res, products)
	g := graph.New(res)
	r.Cycles = g.Cycles
	for _, e := range g.Edges {
		if e.Imports > 0 {
			join(products, e.From, e.To)
		}
	}
	for _, p := range slices.SortedFunc(maps.Values(products), func(a, b *Product) int { return cmp.Compare(a.Path, b.Path) }) {
		if p.module == nil || !p.module.Product {
			r.Others = append(r.Others, p)
			continue
		}
		p.score(r)
		r.Products = append(r.Products, p)
	}
	r.sum()
	r.compare(previous)
	return r
}

// collect finds the modules, their packages and the imports between them.
func collect(res *check.Result) map[string]*Product {
	products := map[string]*Product{}
	law := res.Law()
	for place, files := range res.Packages() {
		p := products[place.Owner()]
		if p == nil {
			p = newProduct(place)
			products[p.Path] = p
		}
		p.Packages++
		p.Files += len(files)
		p.facade = p.facade || place.Is(policy.Facade)
		if law.OnSurface(place) {
			p.Surface = append(p.Surface, place.Sub)
		}
	}
	for i := range res.Imports() {
		from, to := products[i.From.Owner()], products[i.To.Owner()]
		if !i.To.InTree || from == to || from == nil || to == nil {
			continue
		}
		to.in++
		if to.module != nil && to.module.Guarded() {
			from.out++
		}
	}
	return products
}

func newProduct(place policy.Place) *Product {
	p := &Product{Path: place.Owner(), Name: place.Owner(), Surface: []string{}, Dependents: []string{}, DependsOn: []string{}, Rules: map[string]int{}, module: place.Module}
	if m := place.Module; m != nil {
		p.Name, p.Layer = m.Name(), m.Layer
		for _, o := range m.Owners {
			p.Owners = append(p.Owners, o.Value)
		}
	}
	return p
}

func join(products map[string]*Product, from, to string) {
	products[from].DependsOn = append(products[from].DependsOn, to)
	products[to].Dependents = append(products[to].Dependents, from)
}

// addFindings gives each module its findings, and those of others that reach
// behind its surface. What belongs to no module is said on its own.
func (r *Report) addFindings(res *check.Result, products map[string]*Product) {
	add := func(findings []report.Finding, status string) {
		for _, f := range findings {
			s := status
			if s == "" {
				s = string(f.Severity)
			}
			p := products[f.Module]
			if p == nil {
				r.elsewhere.Add(s)
				if status == "" {
					r.Problems = append(r.Problems, fmt.Sprintf("%s:%d: %s (%s)", f.File, f.Line, report.Line(f.Message), f.Rule))
				}
				continue
			}
			p.Add(s)
			p.Rules[f.Rule]++
			p.found = append(p.found, finding{f, s})
			if to := products[f.TargetModule]; f.Rule == rule.PrivateImport && to != nil {
				to.behind = append(to.behind, finding{f, s})
			}
		}
	}
	add(res.Findings, "")
	add(res.Known, graph.Baselined)
	add(res.Ignored, graph.Ignored)
}

func (r *Report) sum() {
	e := r.elsewhere
	r.Total = Point{Date: r.Date, Products: len(r.Products), Errors: e.Errors, Warnings: e.Warnings, Baselined: e.Baselined, Ignored: e.Ignored}
	for _, p := range slices.Concat(r.Products, r.Others) {
		r.Total.Errors += p.Errors
		r.Total.Warnings += p.Warnings
		r.Total.Baselined += p.Baselined
		r.Total.Ignored += p.Ignored
		if p.Isolation != nil {
			r.Total.Isolation += *p.Isolation
		}
	}
	if n := len(r.Products); n > 0 {
		r.Total.Isolation /= n
	}
}

// compare sets a report beside the one before.
func (r *Report) compare(previous *Report) {
	if previous == nil {
		return
	}
	r.History = append(append(r.History, previous.History...), previous.Total)
	before := map[string]*Product{}
	for _, p := range slices.Concat(previous.Products, previous.Others) {
		before[p.Path] = p
	}
	for _, p := range slices.Concat(r.Products, r.Others) {
		if b := before[p.Path]; b != nil {
			p.Before = &Before{b.Errors, b.Warnings, b.Baselined, b.Isolation}
		}
	}
}

// Read reads the JSON of a report.
func Read(src []byte) (*Report, error) {
	var r Report
	if err := json.Unmarshal(src, &r); err != nil {
		return nil, err
	}
	if r.Schema != Schema || r.Total.Date == "" {
		return nil, fmt.Errorf("it is no report of this version; write one with boundaries report --format json")
	}
	return &r, nil
}

// WriteJSON writes a report as one object.
func (r *Report) WriteJSON(w io.Writer) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(r)
}
