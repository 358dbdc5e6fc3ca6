package hosted

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestFindSource(t *testing.T) {
	home, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	s, err := FindSource(filepath.Join(home, "testdata", "rules"))
	if err != nil || s.Dir != home {
		t.Errorf("in a checkout: %+v, %v", s, err)
	}
	// The test program has no version.
	if s, err := FindSource(t.TempDir()); err == nil || !strings.Contains(err.Error(), "run it inside of one") {
		t.Errorf("outside: %+v, %v", s, err)
	}
}

func TestRequire(t *testing.T) {
	for suite, want := range map[Source]string{
		{Version: "v1.2.3"}:       "require (\n\texample.com/host v2.0.0\n\tgithub.com/boundaries-dev/boundaries v1.2.3\n)",
		{Dir: "/home/boundaries"}: "replace github.com/boundaries-dev/boundaries => /home/boundaries",
	} {
		b, err := newBuild(nil)
		if err != nil {
			t.Fatal(err)
		}
		defer b.close()
		if err := b.require("example.com/x", "example.com/host", "v2.0.0", suite); err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(filepath.Join(b.dir, "go.mod"))
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(got), want) {
			t.Errorf("%v: got\n%s\nwant\n%s", suite, got, want)
		}
	}
}

func TestInstall(t *testing.T) {
	dir := t.TempDir()
	built, output := filepath.Join(dir, "built"), filepath.Join(dir, "deep", "er", "output")
	if err := os.WriteFile(built, []byte("program"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := install(built, output); err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile(output); err != nil || string(got) != "program" {
		t.Errorf("got %q, %v", got, err)
	}
}
