// Package report answers: what was found, and how is it written? A Finding
// stays structured until the last moment; the formats only dress it.
package report

import (
	"cmp"
	"slices"
	"strings"

	"github.com/boundaries-dev/boundaries/internal/rule"
)

// A Finding is one thing that is wrong, at one place. Its JSON is part of the
// external contract.
type Finding struct {
	Rule     string        `json:"rule"`
	Severity rule.Severity `json:"severity"`

	// File is relative to the root, with slashes. Lines and columns count
	// from 1, columns in bytes; the end is exclusive.
	File      string `json:"file"`
	Line      int    `json:"line,omitempty"`
	Column    int    `json:"column,omitempty"`
	EndLine   int    `json:"endLine,omitempty"`
	EndColumn int    `json:"endColumn,omitempty"`

	Package      string `json:"package,omitempty"`      // import path of the offender
	Module       string `json:"module,omitempty"`       // its module, "<root>" if it is unowned
	Target       string `json:"target,omitempty"`       // import path, type or symbol the finding is about
	TargetModule string `json:"targetModule,omitempty"` // its module

	// Subject is what the baseline and fingerprints know the finding by,
	// beside its rule and package. It holds no line and no wording.
	Subject string `json:"-"`

	// Message is one line, "<offender> <does what>[, <why>]; <imperative>".
	Message string `json:"message"`
	Help    string `json:"help,omitempty"` // the imperative once more
	URL     string `json:"url,omitempty"`

	Related []Related `json:"related,omitempty"`
	Fixes   []Fix     `json:"fixes,omitempty"`
}

// A Related is another place that explains a finding.
type Related struct {
	File    string `json:"file"`
	Line    int    `json:"line,omitempty"`
	Column  int    `json:"column,omitempty"`
	Message string `json:"message"`
}

// A Fix is a change that makes the finding go away.
type Fix struct {
	Message string `json:"message"`
	Edits   []Edit `json:"edits"`
}

// An Edit replaces the bytes [Start, End) of a file.
type Edit struct {
	File    string `json:"file"`
	Start   int    `json:"start"`
	End     int    `json:"end"`
	NewText string `json:"newText"`
}

// A Summary counts what a run saw.
type Summary struct {
	Files     int `json:"files"`
	Packages  int `json:"packages"`
	Modules   int `json:"modules"`
	Errors    int `json:"errors"`
	Warnings  int `json:"warnings"`
	Ignored   int `json:"ignored"`
	Baselined int `json:"baselined"`
}

// Help returns the imperative of a message: what follows the last "; ".
func Help(message string) string {
	if i := strings.LastIndex(message, "; "); i >= 0 {
		return message[i+2:]
	}
	return ""
}

// Title returns a message without its imperative.
func Title(message string) string {
	if help := Help(message); help != "" {
		return strings.TrimSuffix(message, "; "+help)
	}
	return message
}

// Sort puts findings into the order of every report: file, line, column, rule.
func Sort(findings []Finding) {
	slices.SortStableFunc(findings, func(a, b Finding) int {
		return cmp.Or(
			cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column),
			cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Message, b.Message), cmp.Compare(a.Target, b.Target))
	})
}
