package standing

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/boundaries-dev/boundaries/internal/policy"
	"github.com/boundaries-dev/boundaries/internal/report"
	"github.com/boundaries-dev/boundaries/internal/rule"
)

// product returns a product that is wholly kept apart.
func product() *Product {
	return &Product{Path: "products/a", Name: "a", Rules: map[string]int{}, facade: true, in: 10, out: 10,
		module: &policy.Module{Path: "products/a", Product: true, DependsOn: nil}}
}

func found(name, module string) finding {
	return finding{report.Finding{Rule: name, Module: module, File: "a.go", Line: 1, Target: "x", Message: "a does b; do c", Help: "do c"}, "error"}
}

func TestScore(t *testing.T) {
	tests := []struct {
		name    string
		change  func(*Product, *Report)
		partial bool
		want    int
		step    string
	}{
		{"all is well", func(p *Product, r *Report) { p.out = 0 }, false, 100, ""},
		{"depends on anything", func(p *Product, r *Report) {}, false, 90, "give it depends_on"},
		{"no facade", func(p *Product, r *Report) { p.out = 0; p.facade = false }, false, 90, "It has no facade"},
		{"half of its users reach behind it", func(p *Product, r *Report) {
			p.out = 0
			for range 5 {
				p.behind = append(p.behind, found(rule.PrivateImport, "products/b"))
			}
		}, false, 82, "5 imports reach behind its surface, all from products/b: begin at a.go:1"},
		{"more uses of symbols than imports", func(p *Product, r *Report) {
			p.out, p.in = 0, 1
			p.behind = []finding{found(rule.PrivateImport, "products/b"), found(rule.PrivateImport, "products/c")}
		}, false, 65, "1 of them from products/b"},
		{"one leak", func(p *Product, r *Report) { p.out = 0; p.found = []finding{found(rule.ORMLeak, p.Path)} }, false, 92, "hands out what is inside once: begin at a.go:1, where a does b."},
		{"a leak nobody looked for", func(p *Product, r *Report) { p.out = 0; p.found = []finding{found(rule.ORMLeak, p.Path)} }, true, 100, ""},
		{"a loop", func(p *Product, r *Report) { p.out = 0; r.Cycles = [][]string{{"products/a", "products/z"}} }, false, 90, "boundaries why products/z products/a"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p, r := product(), &Report{Partial: test.partial}
			test.change(p, r)
			p.score(r)
			if *p.Isolation != test.want {
				t.Errorf("isolation is %d, want %d", *p.Isolation, test.want)
			}
			if got := strings.Join(p.Steps, "\n"); (test.step == "") != (got == "") || !strings.Contains(got, test.step) {
				t.Errorf("steps are %q, want %q", got, test.step)
			}
		})
	}
}

func TestReadWhatWasWritten(t *testing.T) {
	p := product()
	isolation := 40
	p.Isolation = &isolation
	p.Baselined = 3
	r := &Report{Schema: Schema, Date: "2026-01-05", History: []Point{{Date: "2025-12-01"}}, Products: []*Product{p}}
	r.sum()
	var out bytes.Buffer
	if err := r.WriteJSON(&out); err != nil {
		t.Fatal(err)
	}
	got, err := Read(out.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	var again bytes.Buffer
	if err := got.WriteJSON(&again); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(out.String(), again.String()); diff != "" {
		t.Error(diff)
	}
	for _, bad := range []string{"", "[]", "{}", `{"schema": 2, "total": {"date": "x"}}`} {
		if _, err := Read([]byte(bad)); err == nil {
			t.Errorf("%q was read", bad)
		}
	}
}

// Whatever a name is, the page has no more elements for it.
func TestPageEscapes(t *testing.T) {
	p := product()
	p.Path, p.Name = `a"><script>alert(1)</script>`, "<b>"
	p.found = []finding{found(rule.ORMLeak, p.Path)}
	p.found[0].Message = "</style><script>"
	p.score(&Report{})
	r := &Report{Date: "2026-01-05", Products: []*Product{p}, Problems: []string{"<i>"}}
	r.sum()
	var out bytes.Buffer
	if err := r.WriteHTML(&out); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(out.String(), "<script>"); n != 1 {
		t.Errorf("the page has %d scripts, not 1", n)
	}
	for _, bad := range []string{"<b>", "<i>", "</style><", "ZgotmplZ"} {
		if strings.Contains(out.String(), bad) {
			t.Errorf("the page has %s", bad)
		}
	}
}
