package check

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/boundaries-dev/boundaries/internal/config"
	"github.com/boundaries-dev/boundaries/internal/imports"
	"github.com/boundaries-dev/boundaries/internal/policy"
	"github.com/boundaries-dev/boundaries/internal/report"
	"github.com/boundaries-dev/boundaries/internal/rule"
)

func findPackage(packages []*imports.Package, dir string) (int, bool) {
	return slices.BinarySearchFunc(packages, dir, func(p *imports.Package, dir string) int { return cmp.Compare(p.Dir, dir) })
}

// treeRules looks for what only a run over the whole root can know.
func (r *run) treeRules() {
	dead := r.deadConfig()
	if r.wants(rule.ModuleCycle) {
		r.cycles()
	}
	if r.wants(rule.UnusedDependency) {
		r.unusedDependencies(dead)
	}
	r.judgeIgnores()
}

// unusedDependencies reports depends_on entries that speak for no import. An
// entry that is dead is not reported twice.
func (r *run) unusedDependencies(dead map[config.Pos]bool) {
	used := r.used()
	for _, m := range r.config.Modules {
		for _, d := range m.DependsOn {
			if used[d.Pos] != nil || dead[d.Pos] {
				continue
			}
			owner := texts(m.Paths)
			f := at(rule.UnusedDependency, d.Pos, fmt.Sprintf("%s depends on %s, but no import needs it; remove the entry or run boundaries sync", owner, d))
			f.Module, f.TargetModule = owner, d.String()
			f.Subject = owner + " → " + d.String()
			r.findings = append(r.findings, f)
		}
	}
}

func texts(patterns []config.Pattern) string {
	words := make([]string, len(patterns))
	for i, p := range patterns {
		words[i] = p.String()
	}
	return strings.Join(words, ", ")
}

// judgeIgnores reports ignore comments that nobody can understand, and those
// that ignore nothing. A comment is held against all findings of its line, as
// if it were the only one. It is too early to call one unused if its rule did
// not look.
func (r *run) judgeIgnores() {
	for _, p := range r.packages {
		for _, file := range p.Files {
			if ig := r.ignores[file.Path]; ig != nil {
				for _, bad := range ig.Bad {
					r.comment(p.place, file, bad.Comment, rule.BadIgnore, bad.Message)
				}
			}
		}
	}
	aboutComments := func(name string) bool { return name == rule.BadIgnore || name == rule.UnusedIgnore }
	r.unusedIgnores(func(name string) bool { return !aboutComments(name) })
	r.unusedIgnores(aboutComments)
}

// unusedIgnores holds the comments that ignore certain rules against the
// findings so far.
func (r *run) unusedIgnores(of func(name string) bool) {
	byFile := map[string][]report.Finding{}
	for _, f := range r.findings {
		byFile[f.File] = append(byFile[f.File], f)
	}
	for _, p := range r.packages {
		if p.place.Module != nil && p.place.Module.Unchecked {
			continue
		}
		for _, file := range p.Files {
			ig := r.ignores[file.Path]
			if ig == nil {
				continue
			}
			for _, i := range ig.All {
				hits := func(f report.Finding) bool { return f.Rule == i.Rule && ig.Covers(i, f.Line) }
				if of(i.Rule) && r.ran(i.Rule) && (r.types == nil || r.types.looked(i.Rule, file.Path)) && !slices.ContainsFunc(byFile[file.Path], hits) {
					r.comment(p.place, file, i.Comment, rule.UnusedIgnore, fmt.Sprintf("//boundaries: comment ignores no %s; remove it", i.Rule))
				}
			}
		}
	}
}

// ran reports whether this run looked for a rule.
func (r *run) ran(name string) bool {
	known, _ := rule.Find(name)
	switch {
	case !r.wants(name):
		return false
	case name == rule.PrivateImport && r.opt.Imports:
		return !r.hasSymbols()
	case typedRule(name):
		return r.types != nil
	}
	return known.Analyzer == "importboundary" || known.Tree
}

// hasSymbols reports whether the configuration exposes single symbols, whose
// uses a run over imports alone does not see.
func (r *run) hasSymbols() bool {
	symbol := func(e config.Exposure) bool { return e.Symbol != "" }
	return slices.ContainsFunc(r.config.Interfaces, func(i config.Interface) bool { return slices.ContainsFunc(i.Expose, symbol) }) ||
		slices.ContainsFunc(r.config.Modules, func(m config.Module) bool { return slices.ContainsFunc(m.Interfaces, symbol) })
}

func (r *run) comment(place policy.Place, file *imports.File, c imports.Comment, name, message string) {
	r.findings = append(r.findings, report.Finding{
		Rule: name, File: file.Path, Line: c.Line, Column: c.Column, EndLine: c.Line, EndColumn: c.EndColumn,
		Package: place.Path, Module: place.Owner(), Message: message, Help: report.Help(message), URL: rule.URL(name),
	})
}
