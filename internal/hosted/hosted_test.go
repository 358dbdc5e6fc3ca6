package hosted

import (
	"os"
	"path/filepath"
	"runtime"
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

// What the go command says besides its answer is no part of that, and a
// version that is too new is said to be so in one line.
func TestRunApart(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the go command is played by a shell script")
	}
	bin := t.TempDir()
	t.Setenv("PATH", bin+string(os.PathListSeparator)+os.Getenv("PATH"))
	play := func(script string) *build {
		t.Helper()
		if err := os.WriteFile(filepath.Join(bin, "go"), []byte("#!/bin/sh\necho 'go: a warning' >&2\n"+script), 0o777); err != nil {
			t.Fatal(err)
		}
		return &build{dir: t.TempDir()}
	}
	mod := filepath.Join(bin, "x.mod")
	if err := os.WriteFile(mod, []byte("module x\n\ngo 1.25\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	m, err := play(`echo '{"Version":"v1.2.3","GoMod":"`+mod+`"}'`+"\n").module(t.Context(), "x", "v1.2.3")
	if err != nil || m.Version != "v1.2.3" || m.GoVersion != "1.25" {
		t.Errorf("%+v, %v", m, err)
	}
	const words = "x@v2.0.0 requires go >= 1.99.0 (running go 1.26.8; GOTOOLCHAIN=local)"
	for _, script := range []string{`echo '{"Error":"` + words + `"}'; exit 1`, `echo 'go: ` + words + `' >&2; exit 1`} {
		_, err = play(script+"\n").module(t.Context(), "x", "v2.0.0")
		if err == nil || !strings.HasPrefix(err.Error(), "x v2.0.0 needs go 1.99.0, and the go command is 1.26.8; update Go") {
			t.Errorf("too new: %v", err)
		}
	}
	_, err = play("echo half; exit 3\n").run(t.Context(), "build")
	if err == nil || err.Error() != "go build: go: a warning" {
		t.Errorf("failed: %v", err)
	}
}
