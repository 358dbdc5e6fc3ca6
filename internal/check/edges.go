package check

import (
	"github.com/boundaries-dev/boundaries/internal/debt"
	"github.com/boundaries-dev/boundaries/internal/imports"
	"github.com/boundaries-dev/boundaries/internal/policy"
	"github.com/boundaries-dev/boundaries/internal/report"
	"github.com/boundaries-dev/boundaries/internal/rule"
)

// judgeTree places every package and judges its imports. All packages are
// placed, because the rules about the whole tree need every edge; findings
// are made for the selected ones.
func (r *run) judgeTree(selected map[string]bool) {
	for _, pkg := range r.tree.Packages {
		if pkg.GoModule < 0 || !r.whole && !selected[pkg.Dir] {
			continue
		}
		p := r.place(pkg)
		r.packages = append(r.packages, p)
		if selected[pkg.Dir] {
			r.judge(p)
		}
	}
}

// place says where a package stands, and where its imports lead. Most imports
// lead out of the tree; those are kept only where there is a law about them.
func (r *run) place(pkg *imports.Package) judged {
	p := judged{Package: pkg, place: r.law.LocateDir(pkg.Dir, pkg.ImportPath)}
	external := r.law.JudgesExternal(p.place)
	for _, file := range pkg.Files {
		for i := range file.Imports {
			spec := &file.Imports[i]
			to := r.law.Locate(spec.Path, pkg.Dir)
			if !to.InTree && !external {
				continue
			}
			p.edges = append(p.edges, edge{policy.Edge{From: p.place, To: to, Test: file.Test()}, file, spec})
		}
	}
	return p
}

// judge reports what is wrong with one package and its imports.
func (r *run) judge(p judged) {
	for _, file := range p.Files {
		if len(file.Comments) > 0 {
			r.ignores[file.Path] = debt.Parse(file.Comments, file.Imports)
		}
	}
	for _, v := range r.law.JudgePackage(p.place) {
		for _, f := range heads(r.built(p.Package)) {
			r.report(p.place, policy.Place{}, f.Path, f.Package, v)
		}
	}
	for _, e := range p.edges {
		for _, v := range r.law.Judge(e.Edge) {
			r.report(e.From, e.To, e.file.Path, e.spec.Range, v)
		}
	}
	if !r.opt.Imports && r.wants(rule.PrivateImport) {
		r.judgeSymbols(p)
	}
}

// report makes a finding of a verdict.
func (r *run) report(from, to policy.Place, file string, at imports.Range, v policy.Verdict) {
	r.findings = append(r.findings, report.Finding{
		Rule: v.Rule,
		File: file, Line: at.Line, Column: at.Column, EndLine: at.EndLine, EndColumn: at.EndColumn,
		Package: from.Path, Module: from.Owner(), Target: to.Path, TargetModule: to.Owner(), Subject: v.Subject,
		Message: v.Message, Help: report.Help(v.Message), URL: rule.URL(v.Rule),
		Related: v.Related(),
	})
}
