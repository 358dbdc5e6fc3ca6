package lsp

import (
	"path/filepath"

	"github.com/boundaries-dev/boundaries/internal/imports"
	"github.com/boundaries-dev/boundaries/internal/report"
	"github.com/boundaries-dev/boundaries/internal/rule"
)

// showProblems shows in the configuration files what is wrong with them.
func (r *root) showProblems(configs state) {
	found := map[string][]report.Finding{}
	for _, p := range r.problems {
		found[p.Pos.File] = append(found[p.Pos.File], report.Finding{
			Rule: rule.BadConfig, Severity: rule.Error, URL: rule.URL(rule.BadConfig),
			File: p.Pos.File, Line: p.Pos.Line, Column: p.Pos.Column, EndLine: p.Pos.Line, EndColumn: p.Pos.EndColumn,
			Message: p.Message, Help: report.Help(p.Message),
		})
	}
	r.showInConfig(configs, fromImports, found)
}

// showInConfig puts an answer on the pages of configuration files. Those that
// are not open are read again: it is about what they say now.
func (r *root) showInConfig(configs state, l layer, found map[string][]report.Finding) {
	closed := map[string]*text{}
	r.s.mu.Lock()
	for rel := range found {
		file := filepath.Join(r.dir, filepath.FromSlash(rel))
		if r.s.pages[file] == nil {
			r.s.pages[file] = &page{file: file, root: r, text: newText("")}
		}
	}
	for file, pg := range r.s.pages {
		if pg.root == r && !pg.open && isConfig(file) {
			closed[file] = nil
		}
	}
	r.s.mu.Unlock()
	for file := range closed {
		closed[file] = textOnDisk(file)
	}
	var changed []*page
	r.s.mu.Lock()
	for file, pg := range r.s.pages {
		if pg.root != r || !isConfig(file) {
			continue
		}
		rel := r.rel(file)
		if t := closed[file]; t != nil && !pg.open {
			pg.become(t)
		} else if pg.text != configs.texts[rel] {
			continue // it was edited, opened or closed: there will be another answer
		}
		pg.layers[l] = notes(pg.text, found[rel])
		if l == fromImports {
			pg.stale = false
		}
		changed = append(changed, pg)
	}
	r.s.mu.Unlock()
	for _, pg := range changed {
		r.s.publish(pg)
	}
}

// broken says in a Go file that the configuration is wrong, as every other
// driver would. What is wrong only in the editor is said there alone.
func (r *root) broken(t *text) []note {
	if len(r.onDisk.problems) == 0 {
		return nil
	}
	f, _ := imports.ScanFile("", []byte(t.src), false)
	var list []report.Finding
	for _, p := range r.onDisk.problems {
		list = append(list, report.Finding{
			Rule: rule.BadConfig, Severity: rule.Error, URL: rule.URL(rule.BadConfig),
			Line: f.Package.Line, Column: f.Package.Column, EndLine: f.Package.EndLine, EndColumn: f.Package.EndColumn,
			Message: p.String(), Related: []report.Related{{File: p.Pos.File, Line: p.Pos.Line, Column: p.Pos.Column, Message: p.Message}},
		})
	}
	return notes(t, list)
}
