package report

import (
	"encoding/json"
	"io"
	"net/url"

	"github.com/boundaries-dev/boundaries/internal/rule"
)

// A SARIF writes findings for code scanning, as SARIF 2.1.0. Of all that the
// format offers it uses what GitHub, GitLab and editors read.
type SARIF struct {
	Base    *Base
	Version string // of this program
	Rules   []RulePage
	OK      bool // the question could be answered
}

// A RulePage is what a reader of findings is told about a rule.
type RulePage struct {
	Name     string
	Severity rule.Severity
	Title    string // one sentence
	Page     string // all of it
}

type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool struct {
			Driver sarifDriver `json:"driver"`
		} `json:"tool"`
		Invocations []sarifInvocation `json:"invocations"`
		ColumnKind  string            `json:"columnKind"`
		Results     []sarifResult     `json:"results"`
	}
	sarifDriver struct {
		Name    string      `json:"name"`
		Version string      `json:"version,omitempty"`
		URI     string      `json:"informationUri"`
		Rules   []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID               string    `json:"id"`
		ShortDescription sarifText `json:"shortDescription"`
		FullDescription  sarifText `json:"fullDescription"`
		Help             sarifText `json:"help"`
		HelpURI          string    `json:"helpUri"`
		Configuration    struct {
			Level string `json:"level"`
		} `json:"defaultConfiguration"`
	}
	sarifInvocation struct {
		Successful bool `json:"executionSuccessful"`
	}
	sarifText struct {
		Text string `json:"text"`
	}
	sarifResult struct {
		Rule         string            `json:"ruleId"`
		Index        *int              `json:"ruleIndex,omitempty"`
		Level        string            `json:"level"`
		Message      sarifText         `json:"message"`
		Locations    []sarifLocation   `json:"locations"`
		Related      []sarifLocation   `json:"relatedLocations,omitempty"`
		Fingerprints map[string]string `json:"partialFingerprints"`
	}
	sarifLocation struct {
		ID       *int          `json:"id,omitempty"`
		Physical sarifPhysical `json:"physicalLocation"`
		Message  *sarifText    `json:"message,omitempty"`
	}
	sarifPhysical struct {
		Artifact struct {
			URI string `json:"uri"`
		} `json:"artifactLocation"`
		Region *sarifRegion `json:"region,omitempty"`
	}
	sarifRegion struct {
		StartLine   int `json:"startLine"`
		StartColumn int `json:"startColumn,omitempty"`
		EndLine     int `json:"endLine,omitempty"`
		EndColumn   int `json:"endColumn,omitempty"`
	}
)

// Write writes findings in the order given.
func (s SARIF) Write(w io.Writer, findings []Finding) error {
	run := sarifRun{Invocations: []sarifInvocation{{s.OK}}, ColumnKind: "utf16CodeUnits", Results: []sarifResult{}}
	run.Tool.Driver = sarifDriver{Name: "boundaries", Version: s.Version, URI: rule.Home, Rules: []sarifRule{}}
	index := map[string]*int{}
	for i, r := range s.Rules {
		index[r.Name] = &i
		run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, describe(r))
	}
	prints := Fingerprints(findings)
	for i, f := range findings {
		run.Results = append(run.Results, s.result(f, index[f.Rule], prints[i]))
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(sarifLog{"https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json", "2.1.0", []sarifRun{run}})
}

func describe(r RulePage) sarifRule {
	d := sarifRule{ID: r.Name, ShortDescription: sarifText{r.Title}, FullDescription: sarifText{r.Title}, Help: sarifText{r.Page}, HelpURI: rule.URL(r.Name)}
	d.Configuration.Level = level(r.Severity)
	return d
}

func level(s rule.Severity) string {
	if s == rule.Warn {
		return "warning"
	}
	return "error"
}

// result writes one finding. Both fingerprints are the same: one is what
// GitHub goes by and would otherwise make of the text of the line.
func (s SARIF) result(f Finding, index *int, print string) sarifResult {
	r := sarifResult{
		Rule: f.Rule, Index: index, Level: level(f.Severity), Message: sarifText{Line(f.Message)},
		Locations:    []sarifLocation{s.location(f.File, f.Line, f.Column, f.EndLine, f.EndColumn)},
		Fingerprints: map[string]string{"boundaries/v1": print, "primaryLocationLineHash": print + ":1"},
	}
	for i, related := range f.Related {
		at := s.location(related.File, related.Line, related.Column, 0, 0)
		at.ID, at.Message = &i, &sarifText{Line(related.Message)}
		r.Related = append(r.Related, at)
	}
	return r
}

func (s SARIF) location(file string, line, column, endLine, endColumn int) sarifLocation {
	var at sarifLocation
	at.Physical.Artifact.URI = (&url.URL{Path: s.Base.path(file)}).String()
	if line < 1 {
		return at
	}
	at.Physical.Region = &sarifRegion{StartLine: line, StartColumn: s.Base.utf16Column(file, line, column)}
	if endLine >= line && endColumn > 0 {
		at.Physical.Region.EndLine = endLine
		at.Physical.Region.EndColumn = s.Base.utf16Column(file, endLine, endColumn)
	}
	return at
}
