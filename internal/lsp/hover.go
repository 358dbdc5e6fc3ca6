package lsp

import (
	"context"
	"fmt"
	"path"
	"strings"

	"github.com/boundaries-dev/boundaries/analyzers"
	"github.com/boundaries-dev/boundaries/internal/check"
	"github.com/boundaries-dev/boundaries/internal/config"
	"github.com/boundaries-dev/boundaries/internal/imports"
	"github.com/boundaries-dev/boundaries/internal/policy"
)

// hover tells who an imported package belongs to and who may import it, and
// in a configuration what a rule is.
func (s *server) hover(_ context.Context, p positionParams) (any, error) {
	s.mu.Lock()
	pg := s.pages[pathOf(p.TextDocument.URI)]
	if pg == nil || !pg.open || pg.root == nil {
		s.mu.Unlock()
		return nil, nil
	}
	t, memory, rel := pg.text, pg.root.memory, pg.root.rel(pg.file)
	s.mu.Unlock()
	at := t.offset(p.Position)
	var says string
	var where span
	if isGo(pg.file) {
		if memory != nil {
			says, where = aboutImport(memory, rel, t, at)
		}
	} else {
		says, where = aboutRule(t, at)
	}
	if says == "" {
		return nil, nil
	}
	r := t.rangeOf(where)
	return hover{markup{"markdown", says}, &r}, nil
}

// aboutImport describes the package that the import spec at an offset names.
func aboutImport(m *check.Memory, file string, t *text, at int) (string, span) {
	f, _ := imports.ScanFile(file, []byte(t.src), false)
	for i := range f.Imports {
		spec := &f.Imports[i]
		where := t.locate(spec.Line, spec.Column, spec.EndLine, spec.EndColumn)
		if at < where.start || at > where.end {
			continue
		}
		law, dir := m.Law(), path.Dir(file)
		importPath, _ := law.ImportPath(dir)
		e := policy.Edge{From: law.LocateDir(dir, importPath), To: law.Locate(spec.Path, dir), Test: f.Test()}
		return describe(law, e), where
	}
	return "", span{}
}

// describe tells what the law knows of the target of an edge, and what it
// says of the edge.
func describe(law *policy.Law, e policy.Edge) string {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n\n", args...) }
	to := e.To
	switch m := to.Module; {
	case !to.InTree:
		if x, ok := law.Confined(to.Path); ok {
			line("`%s` is for %s. %s", to.Path, quoteList(x.Only, "nobody"), x.Reason)
			break
		}
		line("`%s` is not part of this tree.", to.Path)
	case m == nil:
		line("`%s` belongs to no module.", to.Dir)
	default:
		line("**%s**, package `%s` of %s `%s`, role `%s`, %s", to.Path, to.Sub, kindOf(m), m.Path, to.Role.Name, standing(law, to))
		if m.Guarded() {
			line("Surface: %s", codeList(law.Surface(m), "nothing"))
		}
		line("May be imported by: %s", mayImport(m))
		if m.Layer != "" {
			line("Layer: `%s`", m.Layer)
		}
		if len(m.Owners) > 0 {
			var owners []string
			for _, o := range m.Owners {
				owners = append(owners, o.Value)
			}
			line("Owners: %s", strings.Join(owners, ", "))
		}
	}
	verdicts := law.Judge(e)
	for _, v := range verdicts {
		line("✗ %s (%s)", v.Message, v.Rule)
	}
	if len(verdicts) == 0 && to.InTree {
		line("✓ `%s` may import it.", nameOf(e.From))
	}
	return strings.TrimSpace(b.String())
}

func kindOf(m *policy.Module) string {
	if m.Product {
		return "product"
	}
	return "module"
}

// standing says whether a package is what others may see.
func standing(law *policy.Law, p policy.Place) string {
	switch {
	case !p.Module.Guarded():
		return "open to all"
	case law.OnSurface(p):
		return "on its surface"
	}
	return "private"
}

func mayImport(m *policy.Module) string {
	if m.Visibility == nil {
		return "everyone who declares it"
	}
	return quoteList(m.Visibility, "nobody")
}

func nameOf(p policy.Place) string {
	if p.Module == nil {
		return p.Dir
	}
	return p.Module.Path
}

func quoteList(patterns []config.Pattern, none string) string {
	var words []string
	for _, p := range patterns {
		words = append(words, p.String())
	}
	return codeList(words, none)
}

func codeList(words []string, none string) string {
	if len(words) == 0 {
		return none
	}
	return "`" + strings.Join(words, "`, `") + "`"
}

// aboutRule returns the page of the rule whose name stands at an offset.
func aboutRule(t *text, at int) (string, span) {
	start, end := at, at
	for start > 0 && ruleByte(t.src[start-1]) {
		start--
	}
	for end < len(t.src) && ruleByte(t.src[end]) {
		end++
	}
	if page := rulePage(t.src[start:end]); page != "" {
		return page, span{start, end}
	}
	return "", span{}
}

// rulePage returns the page of a rule, or "".
func rulePage(name string) string {
	for _, r := range analyzers.Rules() {
		if r.Name == name {
			return fmt.Sprintf("**%s** (%s by default)\n\n%s\n\n[%s](%s)", r.Name, r.Severity, r.Page, r.URL, r.URL)
		}
	}
	return ""
}

func ruleByte(c byte) bool { return c == '-' || 'a' <= c && c <= 'z' }
