package lsp

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/boundaries-dev/boundaries/internal/check"
	"github.com/boundaries-dev/boundaries/internal/editor"
)

// Names outside the basic plane before an import shift the columns that an
// editor counts, by one for each of them.
func TestColumnsInUTF16(t *testing.T) {
	s := begin(t, shop, editor.Options{})
	s.write(logic, "package logic\n\nimport (\n\t/* 𝕏é */ \"example.com/mono/products/users/models\"\n)\n\nvar _ models.User\n")
	s.open(logic)
	d := s.expect(logic, "4 private-import").Diagnostics[0]
	if got := d.Range.Start.Character; got != len("\t/* ")+2+1+len(" */ ") {
		t.Errorf("column %d", got)
	}
}

// A type error, or half a declaration, hides no finding about an import.
func TestTypeErrors(t *testing.T) {
	s := begin(t, shop, editor.Options{})
	s.open(logic)
	bad := strings.ReplaceAll(s.read(logic), "users/facade", "users/models")
	s.edit(logic, bad+"\nvar x int = \"no\"\nfunc (\n")
	s.expect(logic, "3 private-import")
}

func TestIgnored(t *testing.T) {
	s := begin(t, shop, editor.Options{})
	s.open(logic)
	bad := strings.ReplaceAll(s.read(logic), "users/facade", "users/models")
	s.edit(logic, strings.ReplaceAll(bad, "models\"", "models\" //boundaries:ignore private-import until the facade can do it"))
	s.edit(logic, strings.ReplaceAll(s.read(logic), "facade\"", "facade\" //boundaries:ignore private-import for nothing"))
	s.expect(logic, "3 unused-ignore")
	s.edit(logic, strings.ReplaceAll(bad, "models\"", "models\" //boundaries:ignore private-import"))
	s.expect(logic, "3 bad-ignore", "3 private-import")
}

// An unsaved configuration says what is wrong with it, and what it says
// counts as soon as it is right.
func TestUnsavedConfig(t *testing.T) {
	s := begin(t, shop, editor.Options{})
	const toml = "boundaries.toml"
	s.open(logic)
	s.open(toml)
	s.expect(logic)
	s.expect(toml)
	s.edit(toml, strings.Replace(s.read(toml), "depends_on = [\"products/users\"]", "depends_on = []", 1))
	p := s.expect(logic, "3 undeclared-dependency")
	if rel := p.Diagnostics[0].Related; len(rel) != 1 || editor.Path(rel[0].Location.URI) != s.path(toml) || rel[0].Location.Range.Start.Line != 4 {
		t.Errorf("related: %+v", rel)
	}
	// While it is wrong, the last right one counts.
	s.edit(toml, strings.Replace(s.read(toml), "depends_on = [\"products/users\"]", "dependson = [\"products/users\"]", 1))
	s.expect(toml, "5 bad-config")
	s.expect(logic, "3 undeclared-dependency")
	s.edit(toml, s.read(toml)+"\n[[modules]]\npath = \"products/ghost\"\n")
	s.expect(toml, "12 dead-config")
	s.expect(logic)
	s.edit(toml, strings.Replace(s.read(toml), "[\"products/users\"]", "[\"products/users\", \"products/billing\"]", 1))
	s.expect(toml, "5 unused-dependency")
}

// A product.toml is part of the configuration.
func TestProductFile(t *testing.T) {
	s := begin(t, shop, editor.Options{})
	const toml = "products/users/product.toml"
	s.write(toml, "visibility = []\n")
	s.open(logic)
	s.expect(logic, "3 forbidden-dependency")
	s.open(toml)
	s.edit(toml, "visibility = []\nowner = [\"me\"]\n")
	p := s.expect(toml, "2 bad-config")
	if !strings.Contains(p.Diagnostics[0].Message, "owners") {
		t.Errorf("message: %s", p.Diagnostics[0].Message)
	}
	s.edit(toml, "owners = [\"me\"]\n")
	s.expect(logic)
}

// A configuration that is edited elsewhere takes effect within three seconds,
// whether or not the editor tells.
func TestEditedElsewhere(t *testing.T) {
	for _, watches := range []bool{true, false} {
		t.Run(fmt.Sprint("watches=", watches), func(t *testing.T) {
			s := begin(t, shop, editor.Options{Watches: watches})
			s.open(logic)
			s.expect(logic)
			start := time.Now()
			s.write("boundaries.toml", strings.Replace(s.read("boundaries.toml"), "depends_on = [\"products/users\"]", "depends_on = []", 1))
			if watches {
				if err := s.Changed(s.ctx, s.path("boundaries.toml")); err != nil {
					t.Fatal(err)
				}
			}
			s.expect(logic, "3 undeclared-dependency")
			if took := time.Since(start); took > 3*time.Second {
				t.Errorf("took %v", took)
			}
			if watches != slices.Contains(s.Asked(), "client/registerCapability") {
				t.Errorf("the server asked for %q", s.Asked())
			}
		})
	}
}

// A type that changes on the disk, in a file that is not open, counts for the
// open ones that use it, whether or not the editor tells.
func TestTypeEditedElsewhere(t *testing.T) {
	for _, watches := range []bool{true, false} {
		t.Run(fmt.Sprint("watches=", watches), func(t *testing.T) {
			const facade, models = "products/users/facade/facade.go", "products/users/models/models.go"
			s := begin(t, shop, editor.Options{Watches: watches})
			s.write(facade, "package facade\n\nimport \"example.com/mono/products/users/models\"\n\nvar Last models.User\n")
			s.open(facade)
			s.expect(facade, "5 orm-leak")
			s.write(models, "package models\n\ntype User = int\n")
			if watches {
				if err := s.Changed(s.ctx, s.path(models)); err != nil {
					t.Fatal(err)
				}
			}
			s.expect(facade)
		})
	}
}

// A configuration that comes into being, breaks, is mended, and goes.
func TestConfigComesAndGoes(t *testing.T) {
	s := begin(t, shop, editor.Options{})
	toml := s.read("boundaries.toml")
	if err := os.Remove(s.path("boundaries.toml")); err != nil {
		t.Fatal(err)
	}
	s.write(logic, strings.ReplaceAll(s.read(logic), "users/facade", "users/models"))
	s.open(logic)
	s.expect(logic)
	s.write("boundaries.toml", toml)
	s.expect(logic, "3 private-import")
	s.write("boundaries.toml", "products = 1\n")
	s.expect("boundaries.toml", "1 bad-config")
	s.expect(logic, "1 bad-config", "3 private-import")
	s.write("boundaries.toml", toml)
	s.expect("boundaries.toml")
	s.expect(logic, "3 private-import")
	if err := os.Remove(s.path("boundaries.toml")); err != nil {
		t.Fatal(err)
	}
	s.expect(logic)
}

// A configuration that was read counts, even if it was gone right after: it may
// be back, and the same, before anybody looks again.
func TestConfigBlinks(t *testing.T) {
	dir := t.TempDir()
	s := &server{pages: map[string]*page{}, roots: map[string]*root{}}
	r := &root{s: s, file: filepath.Join(dir, "boundaries.toml"), dir: dir, ctx: t.Context(), wake: make(chan struct{}, 1)}
	r.scan.result = make(chan scanned, 1)
	read := func(src string) *check.Memory {
		return r.reconfigure(nil, state{texts: map[string]*text{"boundaries.toml": newText(src)}}, state{})
	}
	if read("products = 1\n") != nil || r.config.Digest != "" {
		t.Errorf("what is wrong and gone is taken for known")
	}
	if read("products = [\"*\"]\n") == nil {
		t.Errorf("what is right is not in force")
	}
	<-r.scan.result
}

// A root that is broken from the start says so, and does not keep another
// from working.
func TestSeveralRoots(t *testing.T) {
	s := begin(t, shop, editor.Options{Folders: []string{".", "other", "nowhere"}})
	s.write("other/go.mod", "module example.com/other\n")
	s.write("other/boundaries.toml", "products = [\"*\"\n")
	s.write("other/a/models/a.go", "package models\n")
	s.write("other/b/b.go", "package b\n\nimport _ \"example.com/other/a/models\"\n")
	s.expect("other/boundaries.toml", "1 bad-config")
	s.open("other/b/b.go")
	s.expect("other/b/b.go", "1 bad-config")
	s.open(logic)
	s.edit(logic, strings.ReplaceAll(s.read(logic), "users/facade", "users/models"))
	s.expect(logic, "3 private-import")
	s.write("other/boundaries.toml", "products = [\"*\"]\n")
	s.expect("other/b/b.go", "3 private-import")
	s.expect("other/boundaries.toml")
}

// A file outside every root, and one that is on no disk, are nobody's
// business, and no harm.
func TestOutside(t *testing.T) {
	s := begin(t, shop, editor.Options{})
	elsewhere := filepath.Join(t.TempDir(), "x.go")
	if err := s.Open(s.ctx, elsewhere, "package x\n\nimport \"example.com/mono/products/users/models\"\n"); err != nil {
		t.Fatal(err)
	}
	for _, uri := range []string{"untitled:Untitled-1", "git:/x.go?{}", "file://", "%zz", ""} {
		err := s.Notify(s.ctx, "textDocument/didOpen", map[string]any{"textDocument": map[string]any{"uri": uri, "version": 1, "text": "package x"}})
		if err != nil {
			t.Fatal(err)
		}
	}
	ctx, cancel := context.WithTimeout(s.ctx, 10*time.Second)
	defer cancel()
	if _, err := s.Wait(ctx, elsewhere, func(p editor.Published) bool { return p.Count > 0 && len(p.Diagnostics) == 0 }); err != nil {
		t.Error(err)
	}
	s.open(logic)
	s.expect(logic)
}

// A new file in a new directory counts before it is saved, and a test file
// sees what tests may see.
func TestNewFile(t *testing.T) {
	s := begin(t, shop, editor.Options{})
	name := s.path("products/billing/tasks/tasks.go")
	if err := s.Open(s.ctx, name, "package tasks\n\nimport _ \"example.com/mono/products/users/models\"\n"); err != nil {
		t.Fatal(err)
	}
	s.expect("products/billing/tasks/tasks.go", "3 private-import")
	if err := s.Close(s.ctx, name); err != nil {
		t.Fatal(err)
	}
	s.expect("products/billing/tasks/tasks.go")
}

// What is not looked at on disk is not looked at in an editor.
func TestExcluded(t *testing.T) {
	s := begin(t, shop, editor.Options{})
	src := "package x\n\nimport _ \"example.com/mono/products/users/models\"\n"
	for _, name := range []string{"products/billing/testdata/x.go", "products/billing/_x/x.go", "products/billing/_x.go"} {
		if err := s.Open(s.ctx, s.path(name), src); err != nil {
			t.Fatal(err)
		}
		s.expect(name)
	}
}

// The tree is deleted under the editor, and comes back.
func TestDeletedWorkspace(t *testing.T) {
	s := begin(t, shop, editor.Options{})
	s.write(logic, strings.ReplaceAll(s.read(logic), "users/facade", "users/models"))
	s.open(logic)
	s.expect(logic, "3 private-import")
	toml, mod := s.read("boundaries.toml"), s.read("go.mod")
	if err := os.RemoveAll(s.dir); err != nil {
		t.Fatal(err)
	}
	s.expect(logic)
	s.write("go.mod", mod)
	s.write("boundaries.toml", toml)
	s.expect(logic, "3 private-import")
}

// A thousand edits in a row end in the right answer.
func TestManyEdits(t *testing.T) {
	s := begin(t, shop, editor.Options{})
	s.open(logic)
	good := s.read(logic)
	bad := strings.ReplaceAll(good, "users/facade", "users/models")
	for i := range 1000 {
		text := good
		if i%2 == 0 {
			text = bad
		}
		s.edit(logic, fmt.Sprintf("%s// %d\n", text, i))
	}
	s.edit(logic, bad)
	s.expect(logic, "3 private-import")
	s.edit(logic, good)
	s.expect(logic)
}

// A file of ten megabytes is a file.
func TestLargeFile(t *testing.T) {
	s := begin(t, shop, editor.Options{})
	s.write(logic, s.read(logic)+strings.Repeat("// and so on and on and on\n", 400_000))
	s.open(logic)
	s.expect(logic)
	word := func(version int, from, to string) {
		t.Helper()
		start := strings.Index("import \"example.com/mono/products/users/facade\"", "facade")
		s.change(logic, version, editor.Range{
			Start: editor.Position{Line: 2, Character: start}, End: editor.Position{Line: 2, Character: start + len(from)},
		}, to)
	}
	for version := 10; version < 30; version += 2 {
		word(version, "facade", "models")
		word(version+1, "models", "facade")
	}
	word(30, "facade", "models")
	s.expect(logic, "3 private-import")
	word(31, "models", "facade")
	s.expect(logic)
}

// change replaces a part of an open file.
func (s *session) change(name string, version int, r editor.Range, text string) {
	s.t.Helper()
	err := s.Notify(s.ctx, "textDocument/didChange", map[string]any{
		"textDocument":   map[string]any{"uri": editor.URI(s.path(name)), "version": version},
		"contentChanges": []any{map[string]any{"range": r, "text": text}},
	})
	if err != nil {
		s.t.Fatal(err)
	}
}

// Positions that do not exist are those nearest to them.
func TestEditsOutOfRange(t *testing.T) {
	s := begin(t, shop, editor.Options{})
	s.open(logic)
	s.change(logic, 2, editor.Range{Start: editor.Position{Line: 900, Character: 900}, End: editor.Position{Line: 1000}}, "\n// end\n")
	s.change(logic, 3, editor.Range{Start: editor.Position{Line: -1, Character: -1}, End: editor.Position{Line: 2, Character: 1 << 30}}, "package logic\n\nimport _ \"example.com/mono/products/users/models\"")
	s.expect(logic, "3 private-import")
	s.change(logic, 4, editor.Range{Start: editor.Position{Line: 3}, End: editor.Position{Line: 0}}, "package logic\n")
	s.expect(logic)
}
