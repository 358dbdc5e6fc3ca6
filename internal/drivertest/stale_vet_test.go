package drivertest

import (
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
	private    = "products/flags/logic/logic.go:3:8: flags imports billing/models, which billing keeps private; import billing/facade (private-import)"
	clean      = "./products/billing/models" // nothing to find, and no dependencies
	undeclared = "flags imports billing/models without declaring it"
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

func TestVetFollowsTheConfiguration(t *testing.T) {
	t.Parallel()
	tr := plant(t, mono)
	tr.says(tr.vet("./..."), private)
	tr.says(tr.vet("./..."), private)

	const lax = "products = [\"products/*\"]\n[rules]\nprivate-import = \"off\"\n"
	const strict = "products = [\"products/*\"]\n"
	tr.write("boundaries.toml", lax)
	tr.says(tr.vet("./..."))
	tr.says(tr.vet("./..."))
	tr.write("boundaries.toml", strict)
	tr.says(tr.vet("./products/flags/logic"), private)
	if n := tr.units(tr.vet("-x", clean)); n != 0 {
		t.Errorf("under a configuration that it knows, the tool ran %d times", n)
	}

	tr.write("products/flags/product.toml", "depends_on = []\n")
	tr.says(tr.vet("./products/flags/logic"), private, undeclared)
	tr.write("products/flags/product.toml", "depends_on = [\"products/billing\"]\n")
	tr.says(tr.vet("./products/flags/logic"), private)
	if err := os.Remove(tr.path("products/flags/product.toml")); err != nil {
		t.Fatal(err)
	}
	tr.says(tr.vet("./products/flags/logic"), private)
}

// What a baseline does to findings is told elsewhere; here, that an edit of it
// reaches the units.
func TestVetFollowsTheBaseline(t *testing.T) {
	t.Parallel()
	tr := plant(t, mono)
	for _, want := range []int{1, 0} {
		if n := tr.units(tr.vet("-x", clean)); n != want {
			t.Errorf("the tool ran %d times, want %d", n, want)
		}
	}
	tr.write("boundaries.baseline.toml", "# edited\n")
	if n := tr.units(tr.vet("-x", clean)); n != 1 {
		t.Errorf("after an edit of the baseline, the tool ran %d times", n)
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
