package drivertest

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

const mono = `
-- go.mod --
module example.com/mono

go 1.26
-- boundaries.toml --
products = ["products/*"]
-- products/billing/facade/facade.go --
package facade

import _ "example.com/mono/products/billing/models"
-- products/billing/models/models.go --
package models
-- products/flags/logic/logic.go --
package logic

import _ "example.com/mono/products/billing/models"
-- products/flags/facade/facade.go --
package facade

import (
	_ "example.com/mono/products/billing/facade"
	_ "example.com/mono/products/flags/logic"
)
-- products/flags/facade/facade_test.go --
package facade
`

const (
	private = "products/flags/logic/logic.go:3:8: flags imports billing/models, which billing keeps private; import billing/facade (private-import)"
	clean   = "./products/billing/models" // nothing to find, and no dependencies
)

// units counts how often go vet started the tool for packages of the tree.
func (t *tree) units(a answer) int {
	n := 0
	for line := range strings.Lines(a.stderr) {
		if strings.Contains(line, "vet.cfg") && strings.Contains(line, boundaries) {
			n++
		}
	}
	return n
}

// An edit of the configuration is a new question, and what was asked before is
// remembered.
func TestVetRemembers(t *testing.T) {
	t.Parallel()
	tr := plant(t, mono)
	for _, step := range []struct {
		file, content string
		want          int
	}{
		{"README", "", 1},
		{"README", "edited", 0},
		{"boundaries.toml", "products = [\"products/*\"]\n[rules]\nprivate-import = \"off\"\n", 1},
		{"boundaries.toml", "products = [\"products/*\"]\n", 0},
		{"boundaries.baseline.toml", "findings = []\n", 1},
		{"products/flags/product.toml", "depends_on = []\n", 1},
		{"products/flags/product.toml", "depends_on = [\"products/billing\"]\n", 1},
		{"products/flags/product.toml", "depends_on = []\n", 0},
	} {
		tr.write(step.file, step.content)
		if n := tr.units(tr.vet("-x", clean)); n != step.want {
			t.Errorf("after %s became %q, the tool ran %d times, want %d", step.file, step.content, n, step.want)
		}
	}
}

func TestVetSaysABrokenConfigurationEachTime(t *testing.T) {
	t.Parallel()
	tr := plant(t, mono)
	tr.write("boundaries.toml", "prodcts = []\n")
	for range 2 {
		a := tr.vet("./products/flags/logic")
		tr.says(a, "products/flags/logic/logic.go:1:1: boundaries.toml:1:1: ")
		if lines := findings(a); len(lines) != 1 {
			t.Errorf("want the mistake once, got %q", lines)
		}
	}
	tr.write("boundaries.toml", "products = [\"products/*\"]\n")
	tr.says(tr.vet("./products/flags/logic"), private)
}

func TestVetWithoutConfiguration(t *testing.T) {
	t.Parallel()
	tr := plant(t, mono)
	if err := os.Remove(tr.path("boundaries.toml")); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		tr.says(tr.vet("./products/flags/logic"), "no boundaries.toml in ")
	}
	tr.write("boundaries.toml", "products = [\"products/*\"]\n")
	tr.says(tr.vet("./products/flags/logic"), private)
}

// The key under which the go command remembers a package does not say whether
// it was asked for or a mere dependency.
func TestVetDependencyBeforeRoot(t *testing.T) {
	t.Parallel()
	tr := plant(t, mono)
	for range 2 {
		tr.says(tr.vet("./products/flags/facade")) // imports flags/logic
		tr.says(tr.vet("./products/flags/logic"), private)
		tr.says(tr.vet("./..."), private)
	}
}

// The same for a dependency that is a Go module of its own, which the go
// command gives a version.
func TestVetReplacedModuleBeforeRoot(t *testing.T) {
	t.Parallel()
	tr := plant(t, `
-- boundaries.toml --
products = ["products/*"]
-- app/go.mod --
module example.com/app

go 1.26

require example.com/flags v0.0.0
require example.com/billing v0.0.0

replace example.com/flags => ../products/flags
replace example.com/billing => ../products/billing
-- app/app.go --
package app

import _ "example.com/flags/facade"
-- products/flags/go.mod --
module example.com/flags

go 1.26

require example.com/billing v0.0.0

replace example.com/billing => ../billing
-- products/flags/facade/facade.go --
package facade

import _ "example.com/billing/models"
-- products/billing/go.mod --
module example.com/billing

go 1.26
-- products/billing/models/models.go --
package models
`)
	vet := func(packages ...string) answer {
		return tr.run("app", "go", append([]string{"vet", "-vettool=" + boundaries}, packages...)...)
	}
	tr.says(vet("."))
	tr.says(vet("example.com/flags/facade"), "flags imports billing/models")
	tr.says(vet("."))
	tr.says(vet("example.com/flags/facade"), "flags imports billing/models")
}

func TestVetRebuiltTool(t *testing.T) {
	t.Parallel()
	tr := plant(t, mono)
	program, err := os.ReadFile(boundaries)
	if err != nil {
		t.Fatal(err)
	}
	other := filepath.Join(t.TempDir(), "boundaries.exe")
	runs := func() int {
		return strings.Count(tr.run(".", "go", "vet", "-x", "-vettool="+other, clean).stderr, other+" -json")
	}
	write := func(content []byte) {
		if err := os.WriteFile(other, content, 0o777); err != nil {
			t.Fatal(err)
		}
	}
	write(program)
	if first, second := runs(), runs(); first != 1 || second != 0 {
		t.Errorf("the tool ran %d times, then %d times", first, second)
	}
	write(append(program, "rebuilt"...))
	if n := runs(); n != 1 {
		t.Errorf("rebuilt, the tool ran %d times", n)
	}
}

// Wherever go vet is started, it is the same configuration.
func TestVetFromElsewhere(t *testing.T) {
	t.Parallel()
	const off = "products = [\"products/*\"]\n[rules]\nprivate-import = \"off\"\n"
	const on = "products = [\"products/*\"]\n"
	tool := "-vettool=" + boundaries
	for _, test := range []struct {
		name string
		run  func(tr *tree) answer
	}{
		{"sub-directory", func(tr *tree) answer { return tr.run("products/flags", "go", "vet", tool, "./logic") }},
		{"deep", func(tr *tree) answer { return tr.run("products/flags/logic", "go", "vet", tool) }},
		{"-C", func(tr *tree) answer {
			return tr.run("products", "go", "vet", "-C", tr.path("."), tool, "./products/flags/logic")
		}},
		{"BOUNDARIES_CONFIG", func(tr *tree) answer {
			tr.env = []string{"BOUNDARIES_CONFIG=" + tr.path("boundaries.toml")}
			return tr.vet("./products/flags/logic")
		}},
		{"relative BOUNDARIES_CONFIG", func(tr *tree) answer {
			tr.env = []string{"BOUNDARIES_CONFIG=../boundaries.toml"}
			return tr.run("products", "go", "vet", tool, "./flags/logic")
		}},
		{"go.work", func(tr *tree) answer {
			tr.write("go.work", "go 1.26\nuse .\n")
			return tr.vet("./products/flags/logic")
		}},
		{"go.work above the root", func(tr *tree) answer {
			work := filepath.Join(filepath.Dir(tr.dir), "go.work")
			if err := os.WriteFile(work, []byte("go 1.26\nuse ./"+filepath.Base(tr.dir)+"\n"), 0o666); err != nil {
				tr.Fatal(err)
			}
			return tr.run("..", "go", "vet", tool, "./"+filepath.Base(tr.dir)+"/products/flags/logic")
		}},
		{"no home, so no keys", func(tr *tree) answer {
			cache, err := exec.Command("go", "env", "GOCACHE", "GOMODCACHE").Output()
			if err != nil {
				tr.Fatal(err)
			}
			dirs := strings.Fields(string(cache))
			tr.env = []string{"HOME=", "XDG_CACHE_HOME=", "LocalAppData=", "GOCACHE=" + dirs[0], "GOMODCACHE=" + dirs[1], "GOPATH=" + tr.path("gopath")}
			return tr.vet("./products/flags/logic")
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			tr := plant(t, mono)
			const found = "logic.go:3:8: flags imports billing/models"
			tr.says(test.run(tr), found)
			tr.write("boundaries.toml", off)
			tr.says(test.run(tr))
			tr.write("boundaries.toml", on)
			tr.says(test.run(tr), found)
		})
	}
}

// The units of a go command know it by its process. If another one seems to be
// the same, they answer by what holds for them, and nothing is remembered.
func TestVetMistakenForAnother(t *testing.T) {
	t.Parallel()
	if _, err := os.Stat("/proc/self/ns/pid"); err != nil {
		t.Skip("here the system does not tell what would show the mistake")
	}
	const strict, lax = "products = [\"products/*\"]\n", "products = [\"products/*\"]\n[rules]\nprivate-import = \"off\"\n"
	tr := plant(t, mono)
	tr.write("other/boundaries.toml", lax)
	tr.write("other/go.mod", "module example.com/mono\n")
	models, err := json.Marshal(map[string]any{
		"ImportPath": "example.com/mono/products/billing/models", "Dir": tr.path("products/billing/models"),
		"GoFiles": []string{tr.path("products/billing/models/models.go")}, "VetxOutput": tr.path("out"), "Stdout": tr.path("stdout"), "GoVersion": "go1.26",
	})
	if err != nil {
		t.Fatal(err)
	}
	tr.write("unit.cfg", string(models))
	// The last command must not take the place of the shell.
	const ask, unit = "; \"$0\" -V=full", "; cd ..; \"$0\" -json unit.cfg || exit; :"
	for _, test := range []struct {
		name, script string
		remembered   bool
	}{
		{"one go command", "cd products" + ask + unit, true},
		{"another directory", "cd products" + ask + "; cd ../other" + ask + unit, false},
		{"another environment", "cd other; export BOUNDARIES_CONFIG=boundaries.toml" + ask + "; unset BOUNDARIES_CONFIG" + unit, false},
		{"edited in between", "cd products" + ask + "; cp ../other/boundaries.toml .." + unit, false},
		{"edited in between, as another has seen it", "cd products" + ask + "; cp ../other/boundaries.toml .." + ask + unit, false},
	} {
		tr.write("boundaries.toml", strict)
		os.Remove(tr.path("out"))
		if a := tr.run(".", "sh", "-c", test.script, boundaries); a.code != 0 {
			t.Errorf("%s: %v", test.name, a)
		}
		if _, err := os.Stat(tr.path("out")); (err == nil) != test.remembered {
			t.Errorf("%s: remembered is %v", test.name, err == nil)
		}
	}
}

// A root inside a root has its own law, and its own edits.
func TestVetNestedRoot(t *testing.T) {
	t.Parallel()
	tr := plant(t, mono)
	tr.says(tr.vet("./..."), private)
	tr.write("products/flags/boundaries.toml", "[[external]]\npackages = [\"example.com/mono/products/billing/...\"]\nonly = [\"facade\"]\n")
	tr.says(tr.vet("./..."), "logic.go:3:8: logic imports example.com/mono/products/billing/models, which is for facade")
	tr.write("products/flags/boundaries.toml", "[[external]]\npackages = [\"example.com/mono/products/billing/...\"]\nonly = [\"...\"]\n")
	tr.says(tr.vet("./..."))
	if err := os.Remove(tr.path("products/flags/boundaries.toml")); err != nil {
		t.Fatal(err)
	}
	tr.says(tr.vet("./..."), private)
}
