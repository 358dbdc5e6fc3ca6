package lsp

import (
	"cmp"
	"slices"

	"github.com/boundaries-dev/boundaries/internal/report"
	"github.com/boundaries-dev/boundaries/internal/rule"
)

// A note is a finding in an open text. It moves along when the text is
// edited, until the next answer replaces it.
type note struct {
	report.Finding
	span
	analyzer string // that found it, if one did
}

// notes puts findings into a text, which is that of their file.
func notes(t *text, findings []report.Finding) []note {
	list := make([]note, 0, len(findings))
	for _, f := range findings {
		list = append(list, note{Finding: f, span: t.locate(f.Line, f.Column, f.EndLine, f.EndColumn)})
	}
	return list
}

// move returns notes as they are after an edit of their text. What the edit
// touched is dropped: nobody knows what has become of it.
func move(list []note, e report.Edit) []note {
	var kept []note
	for _, n := range list {
		s, ok := n.span.after(e)
		if !ok {
			continue
		}
		n.span = s
		n.Fixes = moveFixes(n.Fixes, n.File, e)
		kept = append(kept, n)
	}
	return kept
}

// after returns where a span is after an edit, unless that touched it.
func (s span) after(e report.Edit) (span, bool) {
	switch {
	case s.end < e.Start || s.end == e.Start && e.Start < e.End:
		return s, true
	case s.end == e.Start:
		return s, e.NewText == "" || !wordByte(e.NewText[0]) // typing on what is underlined
	case s.start >= e.End:
		by := len(e.NewText) - (e.End - e.Start)
		return span{s.start + by, s.end + by}, true
	}
	return s, false
}

func wordByte(c byte) bool {
	return c >= 0x80 || c == '_' || '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'z'
}

// moveFixes moves what fixes do to the edited file, and drops those that
// would act on what is no more.
func moveFixes(fixes []report.Fix, file string, e report.Edit) []report.Fix {
	var kept []report.Fix
	for _, f := range fixes {
		edits, ok := slices.Clone(f.Edits), true
		for i := range edits {
			if edits[i].File != file {
				continue
			}
			s, moved := span{edits[i].Start, edits[i].End}.after(e)
			edits[i].Start, edits[i].End, ok = s.start, s.end, ok && moved
		}
		if ok {
			kept = append(kept, report.Fix{Message: f.Message, Edits: edits})
		}
	}
	return kept
}

// merge returns the notes of several answers, in the order of the text, each
// once.
func merge(layers ...[]note) []note {
	var all []note
	for _, l := range layers {
		all = append(all, l...)
	}
	slices.SortStableFunc(all, func(a, b note) int {
		return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.end, b.end), cmp.Compare(a.Message, b.Message))
	})
	return slices.CompactFunc(all, func(a, b note) bool { return a.span == b.span && a.Rule == b.Rule && a.Message == b.Message })
}

// diagnostic dresses a note in a text for the editor. Related places are in
// other files.
func (n note) diagnostic(t *text, files *shelf) diagnostic {
	d := diagnostic{
		Range:    t.rangeOf(n.span),
		Severity: severityError,
		Code:     n.Rule,
		Source:   "boundaries",
		Message:  report.Line(n.Message),
	}
	if n.Severity == rule.Warn {
		d.Severity = severityWarning
	}
	if n.URL != "" {
		d.CodeDescription = &codeDescription{n.URL}
	}
	switch n.Rule {
	case rule.UnusedDependency, rule.UnusedIgnore, rule.DeadConfig:
		d.Tags = []int{tagUnnecessary}
	case rule.DeprecatedDependency:
		d.Tags = []int{tagDeprecated}
	}
	for _, r := range n.Related {
		uri, t, _ := files.take(r.File)
		at := t.locate(r.Line, r.Column, 0, 0)
		d.RelatedInformation = append(d.RelatedInformation, relatedLocation{location{uri, t.rangeOf(at)}, report.Line(r.Message)})
	}
	return d
}
