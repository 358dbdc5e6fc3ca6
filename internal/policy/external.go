package policy

import (
	"fmt"
	"slices"
	"strings"

	"github.com/boundaries-dev/boundaries/internal/config"
	"github.com/boundaries-dev/boundaries/internal/rule"
)

// std is the word for the standard library in lists of external packages.
const std = "std"

// judgeExternal holds an import to the homes that [[external]] gives packages
// and, if it comes from outside, to the module's own lists.
func (l *Law) judgeExternal(e Edge) []Verdict {
	if e.Test || e.To.Path == "C" {
		return nil
	}
	if v, ok := l.judgeHome(e); ok {
		return []Verdict{v}
	}
	m := e.From.Module
	if m == nil || !l.foreign(e) {
		return nil
	}
	if p := findExternal(m.CannotDependOnExternal, e.To.Path); p != nil {
		return []Verdict{{
			Rule: rule.UnconfinedImport,
			Message: fmt.Sprintf("%s imports %s, and cannot_depend_on_external of %s forbids %s; remove the import",
				l.Label(e.From), e.To.Path, m.Name(), p),
			Law: p.Pos, Says: "forbidden here",
		}}
	}
	if m.DependsOnExternal == nil || IsStd(e.To.Path) || findExternal(m.DependsOnExternal, e.To.Path) != nil {
		return nil
	}
	return []Verdict{{
		Rule: rule.UnconfinedImport,
		Message: fmt.Sprintf("%s imports %s, which is not in depends_on_external of %s; remove the import or add it there",
			l.Label(e.From), e.To.Path, m.Name()),
		Law: m.Keys["depends_on_external"], Says: "what " + m.Name() + " may import from outside",
	}}
}

// JudgesExternal reports whether anything can be wrong with an import from
// outside the tree, in a package.
func (l *Law) JudgesExternal(from Place) bool {
	m := from.Module
	return len(l.Config.External) > 0 || m != nil && (m.DependsOnExternal != nil || len(m.CannotDependOnExternal) > 0)
}

// foreign reports whether an import leads to somebody else's code: outside the
// tree, or in a copy of a third-party Go module that lies in the tree, owned by
// no module of ours.
func (l *Law) foreign(e Edge) bool {
	switch {
	case !e.To.InTree:
		return true
	case e.To.Module != nil && e.To.Module.Path != Root:
		return false
	}
	home := l.goModuleOf(e.From.Dir)
	return home != nil && publisher(home.path) != publisher(e.To.Path)
}

// publisher is the part of an import path that tells whose it is: the host,
// and on hosts that many share, the account.
func publisher(importPath string) string {
	host, rest, _ := strings.Cut(importPath, "/")
	switch host {
	case "github.com", "gitlab.com", "bitbucket.org", "codeberg.org", "gopkg.in":
		account, _, _ := strings.Cut(rest, "/")
		return host + "/" + account
	}
	return host
}

// judgeHome applies [[external]]. Several entries for one package add up: who
// is at home in one of them is at home.
func (l *Law) judgeHome(e Edge) (Verdict, bool) {
	var homes []config.Pattern
	var first *config.External
	for i := range l.Config.External {
		x := &l.Config.External[i]
		if findExternal(x.Packages, e.To.Path) == nil || matches(x.Packages, e.From.Path) {
			continue // another package, or one that belongs to this
		}
		if first == nil {
			first = x
		}
		homes = append(homes, x.Only...)
	}
	if first == nil || matches(homes, e.From.Dir) {
		return Verdict{}, false
	}
	why := ""
	if first.Reason != "" {
		why = ": " + strings.Join(strings.Fields(first.Reason), " ")
	}
	return Verdict{
		Rule: rule.UnconfinedImport,
		Message: fmt.Sprintf("%s imports %s, which is for %s%s; %s",
			l.Label(e.From), e.To.Path, patternList(homes), why, goThrough(homes)),
		Law: first.Pos, Says: "its home is set here",
	}, true
}

func goThrough(homes []config.Pattern) string {
	if len(homes) == 0 {
		return "remove the import"
	}
	return "go through " + strings.TrimSuffix(homes[0].String(), "/...")
}

// Confined returns the [[external]] entry that gives an import path a home.
func (l *Law) Confined(importPath string) (*config.External, bool) {
	i := slices.IndexFunc(l.Config.External, func(x config.External) bool { return findExternal(x.Packages, importPath) != nil })
	if i < 0 {
		return nil, false
	}
	return &l.Config.External[i], true
}

// findExternal returns the pattern that matches an import path.
func findExternal(patterns []config.Pattern, importPath string) *config.Pattern {
	for i := range patterns {
		p := &patterns[i]
		if p.Match(importPath) || p.String() == std && IsStd(importPath) {
			return p
		}
	}
	return nil
}

// IsStd reports whether an import path from outside the tree is of the
// standard library: as for the go command, it is if its first element has no
// dot.
func IsStd(importPath string) bool {
	first, _, _ := strings.Cut(importPath, "/")
	return !strings.Contains(first, ".")
}
