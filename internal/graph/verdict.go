package graph

import (
	"github.com/boundaries-dev/boundaries/internal/check"
	"github.com/boundaries-dev/boundaries/internal/report"
)

// A Verdict is what a run found at an import, and what became of it: "error",
// "warn", "baselined" or "ignored".
type Verdict struct {
	report.Finding
	Status string
}

// The statuses of findings that are not shown.
const (
	Baselined = "baselined"
	Ignored   = "ignored"
)

// Rulings are the verdicts on all imports, by their place.
type Rulings map[place][]Verdict

type place struct {
	file         string
	line, column int
}

// Verdicts returns what a run found, open or not.
func Verdicts(res *check.Result) Rulings {
	r := Rulings{}
	add := func(findings []report.Finding, status string) {
		for _, f := range findings {
			at := place{f.File, f.Line, f.Column}
			v := Verdict{f, status}
			if status == "" {
				v.Status = string(f.Severity)
			}
			r[at] = append(r[at], v)
		}
	}
	add(res.Findings, "")
	add(res.Known, Baselined)
	add(res.Ignored, Ignored)
	return r
}

// At returns the verdicts on one import.
func (r Rulings) At(i check.Import) []Verdict {
	return r[place{i.File, i.At.Line, i.At.Column}]
}
