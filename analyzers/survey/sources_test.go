package survey_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/boundaries-dev/boundaries/analyzers/survey"
	"github.com/boundaries-dev/boundaries/internal/config"
	"github.com/boundaries-dev/boundaries/internal/roots"
)

// A name that the compiler has trimmed is found again, or stays what it is.
func TestSource(t *testing.T) {
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	write := func(name, content string) string {
		t.Helper()
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
		return name
	}
	t.Setenv(config.EnvVar, "")
	t.Setenv("GOWORK", "")
	t.Setenv("GOMODCACHE", filepath.Join(dir, "cache"))
	write("mono/boundaries.toml", "products = [\"products/*\"]\n")
	write("mono/go.mod", "module example.com/mono\n\nrequire example.com/other v1.0.0\nreplace example.com/other => ../other\nreplace example.com/tool v1.0.0 => example.com/tools v1.2.0\n")
	write("mono/sub/go.mod", "module example.com/sub\n")
	at := write("mono/products/flags/x.go", "package flags")

	s := survey.Among(roots.At(filepath.Join(dir, "mono")))
	here := siteOf(t, s, pass(t, "example.com/mono/products/flags", at, "package flags"))
	for name, file := range map[string]string{
		"example.com/mono/root.go":            "mono/root.go",
		"example.com/mono/libs/rows/rows.go":  "mono/libs/rows/rows.go",
		"example.com/sub/x/x.go":              "mono/sub/x/x.go",
		"example.com/other@v1.0.0/y/y.go":     "other/y/y.go",
		"example.com/third@v1.0.0/z.go":       "mono/vendor/example.com/third/z.go",
		"example.com/Cached@v1.0.0-RC/c/c.go": "cache/example.com/!cached@v1.0.0-!r!c/c/c.go",
	} {
		if got := here.Source(name); got != name {
			t.Errorf("%s, which is not there: %s", name, got)
		}
		if want := write(file, "package x"); here.Source(name) != want {
			t.Errorf("%s: %s, want %s", name, here.Source(name), want)
		}
	}
	for _, name := range []string{at, "", "x.go", "/", "fmt/print.go", "./x.go", "../x.go", "@v1.0.0/x.go", "a@b@c/x.go"} {
		if got := here.Source(name); got != name {
			t.Errorf("%q: %s", name, got)
		}
	}
	sandbox := siteOf(t, fromBytes(""), pass(t, "example.com/mono/products/flags", "products/flags/x.go", "package flags"))
	if got := sandbox.Source("example.com/mono/root.go"); got != "example.com/mono/root.go" {
		t.Errorf("in a sandbox: %s", got)
	}
}
