package vetunit

import (
	"cmp"
	"go/token"
	"path/filepath"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/boundaries-dev/boundaries/analyzers/survey"
	"github.com/boundaries-dev/boundaries/internal/report"
)

// A found is a finding with the analyzer it comes from. Its files are absolute.
type found struct {
	analyzer string
	report.Finding
}

// findings collects what analyzers reported, in the order of the source. A
// configuration with mistakes is reported by every analyzer, and told once.
func (u *unit) findings(p *packages.Package, actions []*checker.Action) []found {
	var all []found
	site := siteAmong(actions)
	for _, action := range actions {
		for _, d := range action.Diagnostics {
			if f, ok := u.finding(p.Fset, d); ok {
				if site != nil {
					f.Target = site.Target(d)
				}
				all = append(all, found{action.Analyzer.Name, f})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b found) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column),
			cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Message, b.Message), cmp.Compare(a.analyzer, b.analyzer))
	})
	return slices.CompactFunc(all, func(a, b found) bool {
		return a.File == b.File && a.Line == b.Line && a.Column == b.Column && a.Rule == b.Rule && a.Message == b.Message
	})
}

// siteAmong returns the result of the survey.
func siteAmong(actions []*checker.Action) *survey.Site {
	for _, action := range actions {
		if site, ok := action.Result.(*survey.Site); ok {
			return site
		}
	}
	return nil
}

// finding translates a diagnostic. It is not ok in code that cgo made up.
func (u *unit) finding(fset *token.FileSet, d analysis.Diagnostic) (report.Finding, bool) {
	start, ok := u.position(fset, d.Pos)
	if !ok {
		return report.Finding{}, false
	}
	f := report.Finding{
		Rule: d.Category, File: start.Filename, Line: start.Line, Column: start.Column,
		Package: u.ImportPath, Message: d.Message, Help: report.Help(d.Message), URL: d.URL,
	}
	if end, ok := u.position(fset, d.End); ok {
		f.EndLine, f.EndColumn = end.Line, end.Column
	}
	for _, r := range d.Related {
		if at, ok := u.position(fset, r.Pos); ok {
			f.Related = append(f.Related, report.Related{File: at.Filename, Line: at.Line, Column: at.Column, Message: r.Message})
		}
	}
	for _, fix := range d.SuggestedFixes {
		if edits, ok := u.edits(fset, fix); ok {
			f.Fixes = append(f.Fixes, report.Fix{Message: fix.Message, Edits: edits})
		}
	}
	return f, true
}

// edits translates a fix. One of code that cgo has rewritten is of no use.
func (u *unit) edits(fset *token.FileSet, fix analysis.SuggestedFix) ([]report.Edit, bool) {
	var edits []report.Edit
	for _, e := range fix.TextEdits {
		start := fset.PositionFor(e.Pos, false)
		if u.cgoMade(start.Filename) {
			return nil, false
		}
		end := start
		if e.End.IsValid() {
			end = fset.PositionFor(e.End, false)
		}
		edits = append(edits, report.Edit{File: start.Filename, Start: start.Offset, End: end.Offset, NewText: string(e.NewText)})
	}
	return edits, true
}

// position is where something stands in the file that somebody wrote. //line
// directives count only where cgo put them: others lead to files that are no
// Go, or no longer there.
func (u *unit) position(fset *token.FileSet, pos token.Pos) (token.Position, bool) {
	if !pos.IsValid() {
		return token.Position{}, false
	}
	at := fset.PositionFor(pos, false)
	if made := at.Filename; u.cgoMade(made) {
		at = fset.PositionFor(pos, true)
		if u.cgoMade(at.Filename) {
			return at, false
		}
		// With -trimpath it has the name that it has there, or had in the
		// checkout where cgo was run.
		if base := filepath.Base(at.Filename); !filepath.IsAbs(at.Filename) || base == filepath.Base(u.written(made)) {
			at.Filename = filepath.Join(u.Dir, base)
		}
	}
	return at, true
}
