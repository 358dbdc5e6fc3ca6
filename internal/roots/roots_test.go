package roots_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/boundaries-dev/boundaries/internal/config"
	"github.com/boundaries-dev/boundaries/internal/roots"
)

func plant(t *testing.T, archive string) string {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	files, err := txtar.FS(txtar.Parse([]byte(archive)))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(dir, files); err != nil {
		t.Fatal(err)
	}
	return dir
}

const forest = `
-- go.work --
go 1.26
use (
	./a
	./b
)
-- a/go.mod --
module example.com/a
-- a/boundaries.toml --
exclude = ["old"]
-- a/deep/er/x.go --
package er
-- a/nested/boundaries.toml --
-- a/nested/again/boundaries.toml --
-- a/old/boundaries.toml --
-- b/go.mod --
module example.com/b
-- b/below/boundaries.toml --
prodcts = 1
-- c/boundaries.toml --
`

func TestAt(t *testing.T) {
	t.Setenv("GOWORK", "")
	t.Setenv(config.EnvVar, "")
	dir := plant(t, forest)
	for _, at := range []string{"a", "a/deep/er", "b/below"} {
		var files []string
		for _, r := range roots.At(filepath.Join(dir, at)).Roots {
			rel, err := filepath.Rel(dir, r.File)
			if err != nil {
				t.Fatal(err)
			}
			files = append(files, filepath.ToSlash(rel))
		}
		slices.Sort(files)
		want := []string{"a/boundaries.toml", "a/nested/again/boundaries.toml", "a/nested/boundaries.toml", "a/old/boundaries.toml", "b/below/boundaries.toml"}
		if !slices.Equal(files, want) {
			t.Errorf("at %s: %q, want %q", at, files, want)
		}
	}
	t.Setenv(config.EnvVar, "c/boundaries.toml")
	s := roots.At(dir)
	if want := filepath.Join(dir, "c", "boundaries.toml"); len(s.Roots) != 1 || s.Named != want || s.Find(want) == nil {
		t.Errorf("a named one: %+v", s)
	}
}

func TestDigest(t *testing.T) {
	t.Setenv("GOWORK", "")
	t.Setenv(config.EnvVar, "")
	digest := func(dir string) string {
		var b bytes.Buffer
		roots.At(filepath.Join(dir, "a")).WriteDigest(&b)
		return b.String()
	}
	first, second := plant(t, forest), plant(t, forest)
	if digest(first) != digest(second) {
		t.Error("the same tree elsewhere has another digest")
	}
	known := map[string]bool{digest(second): true}
	for _, edit := range []struct{ file, content string }{
		{"a/boundaries.toml", "products = [\"p/*\"]\n"},
		{"a/p/x/product.toml", "owners = []\n"},
		{"a/boundaries.baseline.toml", "# edited\n"},
		{"a/nested/boundaries.toml", "products = [\"p/*\"]\n"},
		{"a/tools/go.mod", "module example.com/tools\n"},
		{"b/below/boundaries.toml", "products = []\n"},
		{"a/p/x/facade/contracts/contracts.go", "package contracts\n"},
		{"b/boundaries.toml", ""},
	} {
		name := filepath.Join(second, filepath.FromSlash(edit.file))
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(edit.content), 0o666); err != nil {
			t.Fatal(err)
		}
		if d := digest(second); known[d] {
			t.Errorf("an edit of %s leaves the digest as it was", edit.file)
		} else {
			known[d] = true
		}
	}
}

// Of a file that somebody named it does not count where it lies. That it was
// named does: it holds for all packages, then.
func TestDigestOfANamedOne(t *testing.T) {
	digest := func(s *roots.Set) string {
		var b bytes.Buffer
		s.WriteDigest(&b)
		return b.String()
	}
	first, second := plant(t, forest), plant(t, forest)
	named := digest(roots.Named(filepath.Join(first, "a", "nested", "again", "boundaries.toml")))
	if named != digest(roots.Named(filepath.Join(second, "a", "nested", "again", "boundaries.toml"))) {
		t.Error("the same file elsewhere has another digest")
	}
	if named == digest(roots.At(filepath.Join(first, "a", "nested", "again"))) {
		t.Error("found or named makes no difference")
	}
}

// Where there is no Go module nobody walks through all that lies below.
func TestAtNoGoModule(t *testing.T) {
	t.Setenv("GOWORK", "")
	t.Setenv(config.EnvVar, "")
	dir := plant(t, forest)
	if err := os.Remove(filepath.Join(dir, "go.work")); err != nil {
		t.Fatal(err)
	}
	if s := roots.At(dir); len(s.Roots) > 0 {
		t.Errorf("found %+v", s.Roots)
	}
	if s := roots.At(filepath.Join(dir, "c")); len(s.Roots) != 1 {
		t.Errorf("the one at hand: %+v", s.Roots)
	}
}

func TestGoverning(t *testing.T) {
	t.Setenv("GOWORK", "")
	t.Setenv(config.EnvVar, "")
	dir := plant(t, forest)
	s := roots.At(filepath.Join(dir, "a"))
	for _, test := range []struct{ dir, root string }{
		{"a", "a"}, {"a/deep/er", "a"}, {"a/nested", "a/nested"}, {"a/nested/again/x", "a/nested/again"}, {"a/old/x", "a/old"}, {"c", ""}, {"b", ""}, {"b/below/x", "b/below"},
	} {
		r := s.Governing(filepath.Join(dir, filepath.FromSlash(test.dir)))
		switch {
		case r == nil && test.root == "":
		case r == nil, r.File != filepath.Join(dir, filepath.FromSlash(test.root), config.FileName):
			t.Errorf("of %s: %+v", test.dir, r)
		}
	}
}
