package check

import (
	"go/ast"
	"go/token"
	"path"
	"slices"
	"strings"

	"github.com/boundaries-dev/boundaries/internal/config"
	"github.com/boundaries-dev/boundaries/internal/debt"
	"github.com/boundaries-dev/boundaries/internal/imports"
	"github.com/boundaries-dev/boundaries/internal/policy"
	"github.com/boundaries-dev/boundaries/internal/report"
	"github.com/boundaries-dev/boundaries/internal/rule"
)

// An identifier tells what a finding is about, in words that stay the same
// when lines move.
type identifier struct {
	run    *run
	parsed map[string]source
}

type source struct {
	fset *token.FileSet
	file *ast.File // nil if it does not parse
}

func (r *run) newIdentifier() *identifier { return &identifier{r, map[string]source{}} }

// key returns what the baseline knows a finding by, and sets its subject if
// that is not known yet: the declaration it stands in, or in the configuration
// what is said about it.
func (id *identifier) key(f *report.Finding) debt.Key {
	if f.Subject == "" {
		f.Subject = id.subject(*f)
	}
	k := debt.Key{Package: f.Package, Rule: f.Rule, Subject: f.Subject}
	switch {
	case f.Rule == rule.ModuleCycle:
		k.Package, _, _ = strings.Cut(f.Subject, " → ") // it is no other loop if another import closes it
	case f.Package == "":
		k.Package = f.File // of the configuration
	case id.external(f.File):
		k.Package += "_test" // drivers look at it as a package of its own
	}
	return k
}

// external reports whether a file belongs to an external test package.
func (id *identifier) external(file string) bool {
	if !strings.HasSuffix(file, "_test.go") {
		return false
	}
	pkg := id.run.packageAt(path.Dir(file))
	return pkg != nil && slices.ContainsFunc(pkg.Files, func(f *imports.File) bool {
		return f.Path == file && external(f)
	})
}

func (id *identifier) subject(f report.Finding) string {
	r, _ := rule.Find(f.Rule)
	switch {
	case f.Package == "":
		return report.Title(f.Message)
	case r.Tree || r.Analyzer == "importboundary":
		return "" // the package itself
	}
	src, ok := id.parsed[f.File]
	if !ok {
		src.fset, src.file = id.run.parse(f.File)
		id.parsed[f.File] = src
	}
	if src.file == nil {
		return ""
	}
	lines := src.fset.File(src.file.FileStart)
	if f.Line < 1 || f.Line > lines.LineCount() {
		return ""
	}
	return debt.Declared(src.file, lines.LineStart(f.Line)+token.Pos(f.Column-1))
}

// looked reports whether a run looked for an entry of the baseline, and so
// knows if it is gone. Over the whole root it looked for packages that are no
// more, too.
func (r *run) looked(k config.Known, selected map[string]bool) bool {
	if known, _ := rule.Find(k.Rule); known.Tree {
		return r.whole && r.wants(k.Rule)
	}
	dir := r.placeOf(k.Package).Dir
	pkg := r.packageAt(dir)
	switch {
	case !r.ran(k.Rule):
		return false
	case pkg == nil:
		return r.whole
	case typedRule(k.Rule):
		foreign := func(f *imports.File) bool { return !f.Test() && !r.types.looked(k.Rule, f.Path) } // not built here
		return selected[dir] && !slices.ContainsFunc(pkg.Files, foreign)
	}
	return selected[dir]
}

// placeOf locates a package by its name in the baseline.
func (r *run) placeOf(pkg string) policy.Place {
	p := r.law.Locate(pkg, "")
	if base, external := strings.CutSuffix(pkg, "_test"); external && r.packageAt(p.Dir) == nil {
		p = r.law.Locate(base, "")
	}
	return p
}

// ownerOf returns the module that owes an entry of the baseline.
func (r *run) ownerOf(k config.Known) string {
	switch known, _ := rule.Find(k.Rule); {
	case k.Rule == rule.ModuleCycle:
		return k.Package
	case k.Rule == rule.UnusedDependency:
		owner, _, _ := strings.Cut(k.Subject, " → ")
		return owner
	case known.Tree && strings.HasSuffix(k.Package, ".toml"):
		return r.law.LocateDir(path.Dir(k.Package), "").Owner()
	}
	return r.placeOf(k.Package).Owner()
}
