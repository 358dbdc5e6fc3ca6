package analyzers

import (
	_ "embed"

	"golang.org/x/tools/go/analysis"

	"github.com/boundaries-dev/boundaries/analyzers/crossrelation"
	"github.com/boundaries-dev/boundaries/analyzers/facadeleak"
	"github.com/boundaries-dev/boundaries/analyzers/frozencontract"
	"github.com/boundaries-dev/boundaries/analyzers/frozenwrite"
	"github.com/boundaries-dev/boundaries/analyzers/importboundary"
	"github.com/boundaries-dev/boundaries/internal/rule"
)

// Suite is the analyzers of boundaries.
var Suite = []*analysis.Analyzer{
	importboundary.Analyzer,
	facadeleak.Analyzer,
	frozencontract.Analyzer,
	frozenwrite.Analyzer,
	crossrelation.Analyzer,
}

//go:embed doc.go
var doc string

// A Rule is what the suite can find wrong.
type Rule struct {
	Name     string
	Severity string // unless boundaries.toml says otherwise: "error" or "warn"
	Analyzer string // the analyzer that reports it, "" if only the command can
	Page     string // what it finds, why it matters, wrong and right, when to allow it
	URL      string
}

// Rules returns the rules of the suite, each with its page. The pages are the
// sections of the analyzers' own documentation.
func Rules() []Rule {
	docs := map[string]string{"": rule.Doc(doc)}
	for _, a := range Suite {
		docs[a.Name] = a.Doc
	}
	var rules []Rule
	for _, r := range rule.All() {
		analyzer := r.Analyzer
		if r.Tree {
			analyzer = ""
		}
		page := rule.Page(docs[analyzer], r.Name)
		if page == "" {
			continue // its analyzer is not part of the suite yet
		}
		rules = append(rules, Rule{r.Name, string(r.Default), analyzer, page, rule.URL(r.Name)})
	}
	return rules
}
