package lsp

import (
	"context"
	"fmt"
	"maps"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/boundaries-dev/boundaries/internal/check"
	"github.com/boundaries-dev/boundaries/internal/config"
	"github.com/boundaries-dev/boundaries/internal/declare"
	"github.com/boundaries-dev/boundaries/internal/policy"
	"github.com/boundaries-dev/boundaries/internal/report"
	"github.com/boundaries-dev/boundaries/internal/rule"
)

// codeAction offers what would mend the findings in a range.
func (s *server) codeAction(ctx context.Context, p codeActionParams) (any, error) {
	actions := []codeAction{}
	if only := p.Context.Only; len(only) > 0 && !slices.Contains(only, quickFix) && !slices.Contains(only, "") {
		return actions, nil
	}
	s.mu.Lock()
	pg := s.pages[pathOf(p.TextDocument.URI)]
	if pg == nil || !pg.open || pg.root == nil {
		s.mu.Unlock()
		return actions, nil
	}
	d := &desk{page: pg, root: pg.root, uri: pg.uri, version: pg.version, text: pg.text, memory: pg.root.memory, files: s.shelf(pg.root), versioned: s.versioned}
	at := span{d.text.offset(p.Range.Start), d.text.offset(p.Range.End)}
	var meant []note
	for _, n := range merge(pg.layers[:]...) {
		if n.start <= at.end && at.start <= n.end {
			meant = append(meant, n)
		}
	}
	s.mu.Unlock()
	for _, n := range meant {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		for _, m := range d.mend(n) {
			if a, ok := d.action(n, m); ok {
				actions = append(actions, a)
			}
		}
	}
	return actions, nil
}

// A desk is where a finding in a page is mended: what was on it when the
// editor asked.
type desk struct {
	page      *page
	root      *root
	uri       string
	version   int
	text      *text
	memory    *check.Memory // may be nil
	files     *shelf        // the others
	versioned bool          // the editor can be told what version an edit is of
}

// A remedy is a fix to choose.
type remedy struct {
	report.Fix
	best bool
}

// mend returns what would make a finding go away, best first.
func (d *desk) mend(n note) []remedy {
	var list []remedy
	for i, f := range n.Fixes {
		list = append(list, remedy{f, i == 0})
	}
	switch n.Rule {
	case rule.PrivateImport, rule.RoleViolation:
		list = append(list, d.importInstead(n)...)
	case rule.UndeclaredDependency:
		list = append(list, d.declare(n)...)
	case rule.UnusedDependency:
		list = append(list, d.removeDependency(n)...)
	case rule.UnusedIgnore:
		if len(n.Fixes) == 0 {
			list = append(list, d.removeIgnore(n)...)
		}
	case rule.BadConfig, rule.DeadConfig, rule.BadIgnore:
		list = append(list, d.asMeant(n)...)
	}
	if known, ok := rule.Find(n.Rule); ok && !known.Fixed && isGo(d.page.file) && n.Rule != rule.BadIgnore && n.Rule != rule.UnusedIgnore {
		list = append(list, d.ignore(n))
	}
	return list
}

func (d *desk) rel() string { return d.root.rel(d.page.file) }

func (d *desk) edit(at span, text string) []report.Edit {
	return []report.Edit{{File: d.rel(), Start: at.start, End: at.end, NewText: text}}
}

// edge returns the import that a note is about.
func (d *desk) edge(n note) (policy.Edge, bool) {
	if d.memory == nil || n.Target == "" {
		return policy.Edge{}, false
	}
	law, dir := d.memory.Law(), path.Dir(d.rel())
	importPath, _ := law.ImportPath(dir)
	return policy.Edge{
		From: law.LocateDir(dir, importPath),
		To:   law.Locate(n.Target, dir),
		Test: strings.HasSuffix(d.page.file, "_test.go"),
	}, true
}

// importInstead offers what check --fix would choose, which compiles: an import
// of a package that has what the file uses of the other. It also offers the
// packages that the message advises, for a person to go on from there.
func (d *desk) importInstead(n note) []remedy {
	e, ok := d.edge(n)
	literal := slices.IndexFunc([]string{`"` + n.Target + `"`, "`" + n.Target + "`"}, func(q string) bool {
		return strings.Contains(d.text.src[n.start:n.end], q)
	})
	if !ok || literal < 0 {
		return nil
	}
	var list []remedy
	before := d.text.src[:n.start]
	if fix, ok := d.memory.Swap(d.rel(), []byte(d.text.src), 1+strings.Count(before, "\n"), n.start-strings.LastIndexByte(before, '\n')); ok {
		list = append(list, remedy{fix, true})
	}
	start := n.start + strings.LastIndex(d.text.src[n.start:n.end], n.Target)
	law := d.memory.Law()
	for _, dir := range law.Instead(e.From, e.To, e.Test) {
		importPath, ok := law.ImportPath(dir)
		if !ok || !d.memory.HasPackage(dir) {
			continue
		}
		list = append(list, remedy{report.Fix{
			Message: "Write " + strconv.Quote(importPath) + " instead",
			Edits:   d.edit(span{start, start + len(n.Target)}, importPath),
		}, false})
	}
	return list
}

// declare offers to add the dependency to the configuration.
func (d *desk) declare(n note) []remedy {
	sources, ok := d.sources()
	if !ok {
		return nil
	}
	from, known := d.memory.Law().Module(n.Module)
	if !known {
		return nil
	}
	after, err := declare.One(d.memory, sources, check.Need{From: from, To: n.TargetModule})
	if err != nil {
		return nil
	}
	return d.rewrite(fmt.Sprintf("Add %q to depends_on of %s", n.TargetModule, from.Path), sources, after)
}

// removeDependency offers to take an entry out of depends_on.
func (d *desk) removeDependency(n note) []remedy {
	sources, ok := d.sources()
	if !ok {
		return nil
	}
	c := d.memory.Law().Config
	for i := range c.Modules {
		for _, dep := range c.Modules[i].DependsOn {
			if dep.Pos.File != d.rel() || dep.String() != n.TargetModule || d.text.at(dep.Pos.Line, dep.Pos.Column) != n.start {
				continue
			}
			e := config.Edit(c, sources)
			if e.Depend(&c.Modules[i], nil, []config.Dependency{dep}) != nil {
				return nil
			}
			return d.rewrite(fmt.Sprintf("Remove %q from depends_on", n.TargetModule), sources, e.Bytes())
		}
	}
	return nil
}

// sources returns the files of the configuration as the editor has them; ok
// is false if the law is not made of just these.
func (d *desk) sources() (sources map[string][]byte, ok bool) {
	if d.memory == nil {
		return nil, false
	}
	c := d.memory.Law().Config
	sources = map[string][]byte{c.File: nil}
	for _, m := range c.Modules {
		sources[m.Pos.File] = nil
	}
	for rel := range sources {
		sources[rel] = []byte(d.contents(rel).src)
	}
	now, problems := config.Load(d.root.file, sources)
	return sources, len(problems) == 0 && now.Digest == c.Digest
}

// contents returns the text of a file of the tree.
func (d *desk) contents(rel string) *text {
	if rel == d.rel() {
		return d.text
	}
	_, t, _ := d.files.take(rel)
	return t
}

// rewrite is the fix that turns files into others.
func (d *desk) rewrite(message string, before, after map[string][]byte) []remedy {
	fix := report.Fix{Message: message}
	for rel, src := range after {
		if string(src) == string(before[rel]) {
			continue
		}
		e := difference(string(before[rel]), string(src))
		e.File = rel
		fix.Edits = append(fix.Edits, e)
	}
	if len(fix.Edits) == 0 {
		return nil
	}
	return []remedy{{fix, true}}
}

var meant = regexp.MustCompile(`did you mean "([^"]*)"\?`)

var meantRule = regexp.MustCompile(`names the unknown rule ("[^"]*"); write ([a-z-]+)$`)

// asMeant offers to write what was meant.
func (d *desk) asMeant(n note) []remedy {
	if m := meantRule.FindStringSubmatch(n.Message); m != nil {
		wrong, _ := strconv.Unquote(m[1])
		return d.meantRule(n.span, wrong, m[2])
	}
	m := meant.FindStringSubmatch(n.Message)
	if m == nil {
		return nil
	}
	old := d.text.src[n.start:n.end]
	word := m[1]
	if len(old) > 1 && (old[0] == '"' || old[0] == '\'') {
		word = old[:1] + word + old[:1]
	}
	return []remedy{{report.Fix{Message: "Write " + strconv.Quote(m[1]), Edits: d.edit(n.span, word)}, true}}
}

// meantRule offers to write another rule in an ignore comment.
func (d *desk) meantRule(comment span, wrong, right string) []remedy {
	at := comment.start
	words := strings.Fields(d.text.src[comment.start:comment.end])
	if len(words) < 2 {
		return nil
	}
	at += strings.Index(d.text.src[at:comment.end], words[1])
	for name := range strings.SplitSeq(words[1], ",") {
		if name == wrong {
			return []remedy{{report.Fix{Message: "Write " + strconv.Quote(right), Edits: d.edit(span{at, at + len(name)}, right)}, true}}
		}
		at += len(name) + 1
	}
	return nil
}

// action dresses a remedy for the editor, which is told, if it can be, of what
// version of a file an edit is: it may have another by now.
func (d *desk) action(n note, r remedy) (codeAction, bool) {
	a := codeAction{Title: r.Message, Kind: quickFix, IsPreferred: r.best, Diagnostics: []diagnostic{n.diagnostic(d.text, d.files)}}
	versions, changes := map[string]*int{}, map[string][]textEdit{}
	for _, e := range r.Edits {
		uri, t, version := d.uri, d.text, &d.version
		if e.File != d.rel() {
			uri, t, version = d.files.take(e.File)
		}
		if filepath.IsAbs(e.File) || e.Start > e.End || e.End > len(t.src) {
			return a, false
		}
		versions[uri] = version
		changes[uri] = append(changes[uri], textEdit{t.rangeOf(span{e.Start, e.End}), e.NewText})
	}
	if !d.versioned {
		a.Edit.Changes = changes
		return a, len(changes) > 0
	}
	for _, uri := range slices.Sorted(maps.Keys(changes)) {
		a.Edit.DocumentChanges = append(a.Edit.DocumentChanges, documentEdit{versionedDocument{uri, versions[uri]}, changes[uri]})
	}
	return a, len(changes) > 0
}
