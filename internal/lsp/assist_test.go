package lsp

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/boundaries-dev/boundaries/internal/editor"
)

// actions returns the fixes that are offered on a line, by title.
func (s *session) actions(name string, line int) map[string]codeAction {
	s.t.Helper()
	var list []codeAction
	err := s.Call(s.ctx, "textDocument/codeAction", map[string]any{
		"textDocument": map[string]any{"uri": editor.URI(s.path(name))},
		"range":        editor.Range{Start: editor.Position{Line: line - 1}, End: editor.Position{Line: line - 1, Character: 999}},
		"context":      map[string]any{"diagnostics": []any{}},
	}, &list)
	if err != nil {
		s.t.Fatal(err)
	}
	byTitle := map[string]codeAction{}
	for _, a := range list {
		if a.Kind != "quickfix" || len(a.Diagnostics) != 1 {
			s.t.Errorf("%s: kind %q, %d diagnostics", a.Title, a.Kind, len(a.Diagnostics))
		}
		byTitle[a.Title] = a
	}
	return byTitle
}

// apply makes the edits of a fix, in the editor or on the disk.
func (s *session) apply(a codeAction, open map[string]string) map[string]string {
	s.t.Helper()
	after := map[string]string{}
	if len(a.Edit.Changes) > 0 {
		s.t.Errorf("%s: edits of no version", a.Title)
	}
	for _, change := range a.Edit.DocumentChanges {
		uri, edits := change.TextDocument.URI, change.Edits
		file := editor.Path(uri)
		name := strings.TrimPrefix(file[len(s.dir):], "/")
		src, isOpen := open[name]
		if isOpen != (change.TextDocument.Version != nil) {
			s.t.Errorf("%s: version %v of a file that is open: %v", a.Title, change.TextDocument.Version, isOpen)
		}
		if !isOpen {
			src = s.read(name)
		}
		slices.SortFunc(edits, func(a, b textEdit) int { return b.Range.Start.Line - a.Range.Start.Line })
		for _, e := range edits {
			t := newText(src)
			src = src[:t.offset(e.Range.Start)] + e.NewText + src[t.offset(e.Range.End):]
		}
		after[name] = src
		if isOpen {
			s.edit(name, src)
		} else {
			s.write(name, src)
		}
	}
	return after
}

func titles(m map[string]codeAction) []string {
	list := []string{}
	for title := range m {
		list = append(list, title)
	}
	slices.Sort(list)
	return list
}

// do applies the fix of that title, which may need what is still being read.
func (s *session) do(name string, line int, title string, open map[string]string) map[string]string {
	s.t.Helper()
	all := s.actions(name, line)
	a, ok := all[title]
	for end := time.Now().Add(10 * time.Second); !ok && time.Now().Before(end); a, ok = all[title] {
		time.Sleep(20 * time.Millisecond)
		all = s.actions(name, line)
	}
	if !ok {
		s.t.Fatalf("no %q among %q", title, titles(all))
	}
	return s.apply(a, open)
}

func TestFixImport(t *testing.T) {
	s := begin(t, shop, editor.Options{})
	s.open(logic)
	bad := strings.ReplaceAll(s.read(logic), "users/facade", "users/models")
	s.edit(logic, bad)
	s.expect(logic, "3 private-import")
	s.do(logic, 3, `Write "example.com/mono/products/users/facade" instead`, map[string]string{logic: bad})
	s.expect(logic)
}

// Where a package that may be seen has what the file uses, it is imported
// instead, and called by its name.
func TestFixSwap(t *testing.T) {
	s := begin(t, shop, editor.Options{})
	s.write("products/users/facade/users.go", "package facade\n\nfunc Name() string { return \"\" }\n")
	s.write("products/users/models/users.go", "package models\n\nfunc Name() string { return \"\" }\n\nfunc Other() {}\n")
	bad := "package logic\n\nimport \"example.com/mono/products/users/models\"\n\nvar _ = models.Name()\n"
	s.write(logic, bad)
	s.open(logic)
	s.expect(logic, "3 private-import")
	after := s.do(logic, 3, "Import users/facade instead of users/models", map[string]string{logic: bad})[logic]
	s.expect(logic)
	if want := "package logic\n\nimport \"example.com/mono/products/users/facade\"\n\nvar _ = facade.Name()\n"; after != want {
		t.Errorf("got\n%s", after)
	}
	other := strings.ReplaceAll(bad, "Name", "Other")
	s.edit(logic, other)
	s.expect(logic, "3 private-import")
	for title := range s.actions(logic, 3) {
		if strings.HasPrefix(title, "Import users") {
			t.Errorf("%s: there is no Other", title)
		}
	}
}

func TestFixIgnore(t *testing.T) {
	s := begin(t, shop, editor.Options{})
	bad := "package logic\n\nimport (\n\t\"fmt\" // first\n\t_ \"example.com/mono/products/users/models\" // second\n)\n\nvar _ = fmt.Sprint\n"
	s.write(logic, bad)
	s.open(logic)
	s.expect(logic, "5 private-import")
	after := s.do(logic, 5, "Ignore this private-import, with a reason", map[string]string{logic: bad})[logic]
	s.expect(logic)
	if want := "\t//boundaries:ignore private-import TODO: say why this is right\n\t_ \"example"; !strings.Contains(after, want) {
		t.Errorf("got\n%s", after)
	}
	s.edit(logic, strings.Replace(after, "users/models", "users/facade", 1))
	s.expect(logic, "5 unused-ignore")
	final := s.do(logic, 5, "Remove the comment", map[string]string{logic: strings.Replace(after, "users/models", "users/facade", 1)})[logic]
	if want := strings.Replace(bad, "users/models", "users/facade", 1); final != want {
		t.Errorf("got\n%s", final)
	}
	s.expect(logic)
}

// The dependency is declared where the module has its others, whether that
// file is open or not.
func TestFixDeclare(t *testing.T) {
	for _, open := range []bool{true, false} {
		t.Run(fmt.Sprint("open=", open), func(t *testing.T) {
			s := begin(t, shop, editor.Options{})
			toml := strings.Replace(s.read("boundaries.toml"), "depends_on = [\"products/users\"]", "depends_on = [] # none", 1)
			s.write("boundaries.toml", toml)
			s.open(logic)
			texts := map[string]string{}
			if open {
				s.open("boundaries.toml")
				texts["boundaries.toml"] = toml
			}
			s.expect(logic, "3 undeclared-dependency")
			after := s.do(logic, 3, `Add "products/users" to depends_on of products/billing`, texts)
			if want := `depends_on = ["products/users"] # none`; !strings.Contains(after["boundaries.toml"], want) {
				t.Errorf("got\n%s", after["boundaries.toml"])
			}
			s.expect(logic)
		})
	}
}

func TestFixConfig(t *testing.T) {
	s := begin(t, shop, editor.Options{})
	const toml = "boundaries.toml"
	s.open(toml)
	bad := strings.Replace(s.read(toml), "depends_on = []", "depends_on = [\"products/billing\", \"products/biling\"]", 1)
	s.edit(toml, bad)
	s.expect(toml, "9 dead-config", "9 unused-dependency")
	if all := s.actions(toml, 9); all[`Write "products/billing"`].Title == "" {
		t.Errorf("offered: %q", titles(all))
	}
	after := s.do(toml, 9, `Remove "products/billing" from depends_on`, map[string]string{toml: bad})[toml]
	if !strings.Contains(after, `depends_on = ["products/biling"]`) {
		t.Errorf("got\n%s", after)
	}
	bad = strings.Replace(s.read(toml), "depends_on = [\"products/users\"]", "depends_om = [\"products/users\"]", 1)
	s.edit(toml, bad)
	s.expect(toml, "5 bad-config")
	after = s.do(toml, 5, `Write "depends_on"`, map[string]string{toml: bad})[toml]
	if after != s.read(toml) {
		t.Errorf("got\n%s", after)
	}
	s.expect(toml)
}

func (s *session) hover(name string, line, character int) string {
	s.t.Helper()
	var h *hover
	err := s.Call(s.ctx, "textDocument/hover", positionParams{textDocument{URI: editor.URI(s.path(name))}, position{line - 1, character}}, &h)
	if err != nil {
		s.t.Fatal(err)
	}
	if h == nil {
		return ""
	}
	return h.Contents.Value
}

func TestHover(t *testing.T) {
	s := begin(t, shop, editor.Options{})
	s.open(logic)
	s.expect(logic)
	says := s.hover(logic, 3, 15)
	for _, want := range []string{"products/users", "product", "role `facade`", "on its surface", "`facade/contracts`", "✓"} {
		if !strings.Contains(says, want) {
			t.Errorf("no %q in\n%s", want, says)
		}
	}
	s.edit(logic, strings.ReplaceAll(s.read(logic), "users/facade", "users/models"))
	says = s.hover(logic, 3, 15)
	for _, want := range []string{"role `models`", "private", "✗", "keeps private", "(private-import)"} {
		if !strings.Contains(says, want) {
			t.Errorf("no %q in\n%s", want, says)
		}
	}
	if says := s.hover(logic, 5, 3); says != "" {
		t.Errorf("hover beside an import: %s", says)
	}
	s.open("boundaries.toml")
	s.edit("boundaries.toml", s.read("boundaries.toml")+"\n[rules]\nprivate-import = \"warn\"\n")
	if says := s.hover("boundaries.toml", 12, 3); !strings.Contains(says, "**private-import**") {
		t.Errorf("hover on a rule: %q", says)
	}
}

// Completion is asked for at the mark ‸.
func TestCompletion(t *testing.T) {
	s := begin(t, shop, editor.Options{})
	const toml = "boundaries.toml"
	s.open(toml)
	s.scanned()
	s.open(logic)
	s.expect(logic)
	for _, test := range []struct{ text, want, not string }{
		{"pro‸", "products", "depends_on"},
		{"[[modules]]\ndep‸", "depends_on", "products"},
		{"[[modules]]\ndepends_on = [\"‸\"]", "products/users", "facade"},
		{"[[modules]]\ndepends_on = [\"products/users\", \"pro‸", "products/billing", "logic"},
		{"[[modules]]\ndepends_on = [‸]", "products/users", "depends_on"},
		{"[[modules]]\ndepends_on = [\n  # comment\n  \"‸\n]\npath = \"x\"\n", "products/users", "path"},
		{"[[modules]]\ndepends_on = [{ path = \"‸\" }]", "products/users", "true"},
		{"[[modules]]\ndepends_on = [{ ‸ }]", "deprecated", "products/users"},
		{"[[modules]]\ndepends_on = [{ path = \"x\", deprecated = ‸ }]", "true", "products/users"},
		{"[[modules]]\ndepends_on = [\n\n[rules]\n‸", "private-import", "products/users"},
		{"[[modules]]\nlayer = \"‸\"\n", "", "depends_on"},
		{"[[modules]]\npath = \"products/‸\"", "products/users", "products"},
		{"[[modules]]\nutility = ‸", "true", "products"},
		{"[[interfaces]]\nexpose = [\"‸\"]", "facade", "products/users"},
		{"[roles.presentation]\nimports = [\"‸\"]", "facade", "products/users"},
		{"[roles.presentation]\nexposed = \"‸\"", "tests", "true"},
		{"[roles.presentation]\nexposed = ‸", "true", "facade"},
		{"[rules]\n‸ = \"error\"", "orm-leak", "error"},
		{"[rules]\norm-leak = \"‸\"", "warn", "orm-leak"},
		{"root_module = \"‸\"", "forbid", "products"},
		{"[contracts]\nlevel = \"‸", "readonly", "products"},
		{"[orm]\npresets = ['‸']", "gorm", "products"},
		{"# comment ‸", "", "products"},
		{"‸", "modules", "depends_on"},
		{"[‸", "rules", "modules"},
		{"[[‸", "modules", "rules"},
		{"[[mod‸", "modules", "products"},
		{"[[‸]]\npath = \"x\"", "modules", "products"},
		{"[roles.‸]", "facade", "rules"},
		{"[rules] ‸", "", "products"},
		{"[rules]\n\"priv‸\"", "private-import", "error"},
		{"[rules]\n\"priv‸", "private-import", "error"},
		{"[rules]\nx = 1\n\"‸\" = \"error\"", "private-import", "error"},
		{"rules.‸", "private-import", "modules"},
		{"rules.private-import = \"‸\"", "warn", "private-import"},
		{"rules = { orm-leak = \"‸\" }", "warn", "orm-leak"},
		{"rules = { ‸ }", "orm-leak", "modules"},
		{"roles.‸", "facade", "rules"},
		{"roles.facade.‸", "imports", "facade"},
		{"roles = { presentation = { imports = [\"‸\"] } }", "facade", "imports"},
		{"modules = [{ path = \"‸\" }]", "products", "depends_on"},
		{"modules = [{ path = \"x\", ‸ }]", "depends_on", "products"},
		{"modules = [{ depends_on = [\"x\", \"‸\"] }]", "products/users", "path"},
		{"modules = [{ depends_on = [{ path = \"x\", deprecated = ‸ }] }]", "true", "products/users"},
		{"layers = [\"a\", { name = \"b\", closed = ‸ }]", "true", "name"},
	} {
		before, after, _ := strings.Cut("products = [\"products/*\"]\n"+test.text, "‸")
		s.edit(toml, before+after)
		at := newText(before + after).position(len(before))
		var list completionList
		if err := s.Call(s.ctx, "textDocument/completion", positionParams{textDocument{URI: editor.URI(s.path(toml))}, at}, &list); err != nil {
			t.Fatal(err)
		}
		labels := []string{}
		for _, item := range list.Items {
			labels = append(labels, item.Label)
		}
		if test.want != "" && !slices.Contains(labels, test.want) || slices.Contains(labels, test.not) {
			t.Errorf("at %q: want %q and not %q, got %q", test.text, test.want, test.not, labels)
		}
	}
}
