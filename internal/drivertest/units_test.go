package drivertest

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
)

// unit writes the description of a unit without imports.
func (t *tree) unit(goVersion string, files ...string) {
	t.Helper()
	var names []string
	for _, name := range files {
		names = append(names, t.path(name))
	}
	cfg, err := json.Marshal(map[string]any{
		"ImportPath": "example.com/mono", "Dir": t.dir, "GoFiles": names, "GoVersion": goVersion,
		"VetxOutput": t.path("out"), "Stdout": t.path("stdout"),
	})
	if err != nil {
		t.Fatal(err)
	}
	t.write("unit.cfg", string(cfg))
}

// What cannot be looked at is told in a line, and not remembered.
func TestVetUnitsNobodyCanLookAt(t *testing.T) {
	t.Parallel()
	tr := plant(t, mono)
	tr.write("empty.go", "")
	tr.write("comment.go", "// nothing\n")
	tr.write("full.go", "package mono\n")
	for _, test := range []struct {
		goVersion, want string
		files           []string
	}{
		{"go1.26", "empty.go has no package clause", []string{"empty.go"}},
		{"go1.26", "comment.go has no package clause", []string{"full.go", "comment.go"}},
		{"go1.99", "requires newer Go version go1.99", []string{"full.go"}},
		{"go1.99", "build boundaries with that", []string{"full.go"}},
	} {
		tr.unit(test.goVersion, test.files...)
		a := tr.run(".", boundaries, "-json", "unit.cfg")
		if a.code != 1 || !strings.Contains(a.stderr, test.want) || strings.Count(a.stderr, "\n") != 1 || !strings.HasPrefix(a.stderr, "boundaries: ") {
			t.Errorf("%q: want %q in a line, got %v", test.files, test.want, a)
		}
		if _, err := os.Stat(tr.path("out")); err == nil {
			t.Errorf("%q: something was written that go vet would remember", test.files)
		}
	}
}

// Since go 1.26 go vet shows the lines around a finding itself; before, it asks
// the tool to.
func TestVetContext(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"local", "go1.25.4", "go1.20.14"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tr := plant(t, strings.ReplaceAll(mono, "go 1.26", "go 1.20"))
			tr.env = []string{"GOTOOLCHAIN=" + name, "GOPROXY=off"}
			if a := tr.run(".", "go", "version"); name != "local" && !strings.Contains(a.stdout, name) {
				t.Skip("not downloaded")
			}
			for n, want := range map[string][]string{"-c=0": {"3\timport _"}, "-c=2": {"1\tpackage logic", "3\timport _"}} {
				a := tr.vet(n, "./products/flags/logic")
				for _, text := range append(want, private) {
					if a.code != 1 || !strings.Contains(a.stderr, text) {
						t.Errorf("%s: want %q, got %v", n, text, a)
					}
				}
			}
		})
	}
}

// A configuration may be called what the go command calls its descriptions of
// packages.
func TestConfigurationWithTheNameOfAUnit(t *testing.T) {
	t.Parallel()
	tr := plant(t, mono)
	tr.write("my.cfg", strictMono)
	for _, args := range [][]string{
		{"check", "--imports", "--config", "my.cfg"},
		{"-C", ".", "check", "--imports", "--config", "my.cfg"},
	} {
		if a := tr.run(".", boundaries, args...); a.code != 1 || !strings.Contains(a.stdout, "(private-import)") {
			t.Errorf("%q: %v", args, a)
		}
	}
}

func TestGolangciBuildToADirectory(t *testing.T) {
	t.Parallel()
	tr := plant(t, mono)
	if a := tr.run(".", boundaries, "golangci", "build", "-o", "products"); a.code == 0 || !strings.Contains(a.stderr, "products is a directory") {
		t.Errorf("got %v", a)
	}
}
