package drivertest

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const writes = `
-- go.mod --
module example.com/mono

go 1.26
-- boundaries.toml --
products = ["products/*"]
-- products/shop/facade/contracts/contracts.go --
package contracts

type Item struct {
	Name string
}
-- products/shop/logic/logic.go --
package logic

import "example.com/mono/products/shop/facade/contracts"

func Rename(i *contracts.Item) {
	i.Name   =   "x"
}
-- products/shop/logic/logic_test.go --
package logic

import "example.com/mono/products/shop/facade/contracts"

func rename(i *contracts.Item) {
	i.Name = "in a test"
}
-- products/shop/logic/x_test.go --
package logic_test

import "example.com/mono/products/shop/facade/contracts"

func rename(i *contracts.Item) {
	i.Name = "in an external test"
}
`

func TestVetTellsEachFindingOnce(t *testing.T) {
	t.Parallel()
	tr := plant(t, writes)
	for range 2 {
		a := tr.vetToys("./...")
		tr.says(a, "logic.go:6:2: Name is written; leave it alone (contract-write)", "logic_test.go:6:2", "x_test.go:6:2")
		if n := len(findings(a)); n != 3 {
			t.Errorf("want 3 findings, got %d: %v", n, a)
		}
	}
	// Test packages are nobody's dependency, so what was found is remembered,
	// but not where it would be told in the names of another checkout.
	for flag, want := range map[string]int{"-trimpath=false": 0, "-trimpath": 2} {
		tr.vetToys(flag, "./...")
		if n := strings.Count(tr.vetToys(flag, "-x", "./...").stderr, toyTool(t)+" -json"); n != want {
			t.Errorf("with %s the tool ran %d times, want %d", flag, n, want)
		}
	}
}

func TestVetFlags(t *testing.T) {
	t.Parallel()
	tr := plant(t, mono)
	tr.says(tr.vet("-importboundary", "./..."), private)
	tr.says(tr.vet("-importboundary=false", "./..."))
	tr.says(tr.vet("./..."), private)
	tr.env = []string{"GOFLAGS=-importboundary=false"}
	tr.says(tr.vet("./..."))
	if a := tr.vet("-importbundary", "./..."); a.code != 2 {
		t.Errorf("an unknown flag: %v", a)
	}
}

func TestVetJSON(t *testing.T) {
	t.Parallel()
	tr := plant(t, writes)
	a := tr.vetToys("-json", "./products/shop/logic")
	if a.code != 0 {
		t.Fatal(a)
	}
	type diagnostic struct {
		Category, Posn, End, Message string
		Fixes                        []struct {
			Edits []struct {
				Filename   string
				Start, End int
				New        string
			}
		} `json:"suggested_fixes"`
		Related []struct{ Posn string }
	}
	got := map[string]map[string][]diagnostic{}
	for dec := json.NewDecoder(strings.NewReader(a.stdout)); dec.More(); {
		if err := dec.Decode(&got); err != nil {
			t.Fatal(err)
		}
	}
	d := got["example.com/mono/products/shop/logic"]["frozenwrite"][0]
	file := tr.path("products/shop/logic/logic.go")
	if d.Category != "contract-write" || d.Posn != file+":6:2" || d.End != file+":6:18" || len(d.Related) != 1 ||
		!strings.HasPrefix(d.Related[0].Posn, tr.path("products/shop/facade/contracts/contracts.go")+":4:") {
		t.Errorf("got %+v", d)
	}
	if e := d.Fixes[0].Edits[0]; e.Filename != file || e.Start != 107 || e.End != 113 || e.New != "_" {
		t.Errorf("got edit %+v", e)
	}
}

// A file that was not formatted before a fix is not formatted by it.
func TestVetFix(t *testing.T) {
	t.Parallel()
	tr := plant(t, writes)
	tr.says(tr.vetToys("-fix", "./products/shop/facade/contracts")) // not asked for: nothing changes
	read := func() string {
		src, err := os.ReadFile(tr.path("products/shop/logic/logic.go"))
		if err != nil {
			t.Fatal(err)
		}
		return string(src)
	}
	before := read()
	diff := tr.vetToys("-fix", "-diff", "./products/shop/logic")
	if diff.code != 1 || !strings.Contains(diff.stdout, "-\ti.Name   =   \"x\"") || !strings.Contains(diff.stdout, "+\t_   =   \"x\"") {
		t.Errorf("diff: %v", diff)
	}
	sorted := func(text string) []string { return slices.Sorted(strings.Lines(text)) }
	if again := tr.vetToys("-fix", "-diff", "./products/shop/logic"); !slices.Equal(sorted(again.stdout), sorted(diff.stdout)) {
		t.Errorf("the second diff differs: %v", again)
	}
	if read() != before {
		t.Errorf("-diff has changed the file")
	}
	tr.says(tr.vetToys("-fix", "./..."))
	if got := read(); !strings.Contains(got, "\t_   =   \"x\"\n") {
		t.Errorf("-fix left\n%s", got)
	}
	tr.says(tr.vetToys("./..."))
}

func TestVetFileArguments(t *testing.T) {
	t.Parallel()
	tr := plant(t, mono)
	tr.says(tr.vet("products/flags/logic/logic.go"), private)
	tr.says(tr.vet("products/billing/facade/facade.go"))
}

// Under cgo the compiler sees other files than people.
func TestVetCgo(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("gcc"); err != nil {
		t.Skip("no C compiler")
	}
	tr := plant(t, mono+`
-- products/flags/logic/logic.go --
package logic

// int f(int x) { return x; }
import "C"

import _ "example.com/mono/products/billing/models"

//boundaries:ignore private-import it was here first
import _ "example.com/mono/products/billing/models"

func F() { C.f(1) }
`)
	tr.env = []string{"CGO_ENABLED=1"}
	tr.says(tr.vet("./..."), "products/flags/logic/logic.go:6:8: flags imports billing/models")
	tr.write("boundaries.toml", "root_module = \"forbid\"\nexclude = [\"products/billing\"]\n[[external]]\npackages = [\"unsafe\", \"syscall\", \"runtime/cgo\"]\nonly = []\n")
	tr.says(tr.vet("./products/flags/logic"), "products/flags/logic/logic.go:1:1: package products/flags/logic belongs to no module")
	if err := os.Remove(tr.path("boundaries.toml")); err != nil {
		t.Fatal(err)
	}
	tr.says(tr.vet("./products/flags/logic"), "products/flags/logic/logic.go:1:1: no boundaries.toml in ")
}

// //line directives that are not cgo's lead to files that are not there.
func TestVetLineDirectives(t *testing.T) {
	t.Parallel()
	tr := plant(t, mono+`
-- products/flags/logic/logic.go --
//line grammar.y:1
package logic
//line grammar.y:77
import _ "example.com/mono/products/billing/models"
`)
	tr.says(tr.vet("./..."), "products/flags/logic/logic.go:4:8: flags imports billing/models")
}

func TestVetUnownedPackageIsToldOnce(t *testing.T) {
	t.Parallel()
	tr := plant(t, `
-- go.mod --
module example.com/mono

go 1.26
-- boundaries.toml --
root_module = "forbid"
-- p/a_test.go --
package p_test
-- p/b.go --
package p
-- p/c_test.go --
package p
-- q/only_test.go --
package q
-- r/a_plan9.go --
package r
-- r/b.go --
package r
`)
	a := tr.vet("./...")
	tr.says(a, "p/a_test.go:1:1: package p ", "q/only_test.go:1:1: package q ", "r/b.go:1:1: package r ")
	if n := len(findings(a)); n != 3 {
		t.Errorf("want 3 findings, got %d: %v", n, a)
	}
}

func TestVetVendorAndTrimpath(t *testing.T) {
	t.Parallel()
	tr := plant(t, mono+`
-- go.mod --
module example.com/mono

go 1.26

require gorm.io/gorm v1.0.0
-- vendor/modules.txt --
# gorm.io/gorm v1.0.0
## explicit; go 1.26
gorm.io/gorm
-- vendor/gorm.io/gorm/gorm.go --
package gorm
-- boundaries.toml --
products = ["products/*"]
[[external]]
packages = ["gorm.io/gorm"]
only = ["products/billing/..."]
-- products/flags/logic/logic.go --
package logic

import _ "gorm.io/gorm"
`)
	const confined = "products/flags/logic/logic.go:3:8: flags/logic imports gorm.io/gorm, which is for products/billing"
	tr.says(tr.vet("./..."), confined)
	tr.says(tr.vet("-trimpath", "./..."), confined)
	tr.says(tr.vet("gorm.io/gorm"))
}

// What is wrong with imports does not wait until the code compiles.
func TestVetTypeErrors(t *testing.T) {
	t.Parallel()
	tr := plant(t, mono)
	tr.write("products/flags/logic/logic.go", "package logic\n\nimport _ \"example.com/mono/products/billing/models\"\n\nvar _ int = \"x\"\n")
	for _, args := range [][]string{{}, {}, {"-json"}} {
		a := tr.vet(append(args, "./products/flags/logic")...)
		tr.says(a, private)
		if !strings.Contains(a.stderr, "logic.go:5:13: cannot use \"x\"") {
			t.Errorf("the type error is missing: %v", a)
		}
	}
	// Here go vet compiles the package first, and hands us nothing.
	a := tr.vet("./products/flags/logic", "./products/flags/facade")
	if a.code == 0 || !strings.Contains(a.stderr, "logic.go:5:13: cannot use \"x\"") {
		t.Errorf("the compile error is missing: %v", a)
	}
}

func TestVetAnalyzerError(t *testing.T) {
	t.Parallel()
	tr := plant(t, mono)
	tr.write("products/flags/logic/logic.go", "package failing\n")
	for range 2 {
		if a := tr.vetToys("./products/flags/logic"); a.code == 0 || !strings.Contains(a.stderr, "facadeleak: a toy has broken") {
			t.Errorf("got %v", a)
		}
	}
}

// A configuration that disappears between two units: the second one says so,
// and nobody remembers it.
func TestVetConfigurationDisappears(t *testing.T) {
	t.Parallel()
	tr := plant(t, mono)
	wrapper := filepath.Join(t.TempDir(), "tool")
	script := "#!/bin/sh\n" +
		"case \"$*\" in *.cfg) rm -f '" + tr.path("boundaries.toml") + "';; esac\n" +
		"exec '" + boundaries + "' \"$@\"\n"
	if err := os.WriteFile(wrapper, []byte(script), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := exec.Command(wrapper, "-flags").Run(); err != nil {
		t.Skip("no shell")
	}
	tr.says(tr.run(".", "go", "vet", "-vettool="+wrapper, clean), "no boundaries.toml in ")
	tr.write("boundaries.toml", "products = [\"products/*\"]\n")
	if n := tr.units(tr.vet("-x", clean)); n != 1 {
		t.Errorf("what was said without a configuration was remembered: the tool ran %d times", n)
	}
}

// One that is another than go vet has in its key is used, and what it says is
// not remembered.
func TestVetConfigurationChangesMeanwhile(t *testing.T) {
	t.Parallel()
	tr := plant(t, mono)
	const strict, lax = "products = [\"products/*\"]\n", "products = [\"products/*\"]\n[rules]\nprivate-import = \"off\"\n"
	wrapper := filepath.Join(t.TempDir(), "tool")
	script := "#!/bin/sh\n" +
		"case \"$*\" in *.cfg) cp '" + tr.path("lax.toml") + "' '" + tr.path("boundaries.toml") + "';; esac\n" +
		"exec '" + boundaries + "' \"$@\"\n"
	if err := os.WriteFile(wrapper, []byte(script), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := exec.Command(wrapper, "-flags").Run(); err != nil {
		t.Skip("no shell")
	}
	tr.write("boundaries.toml", strict)
	tr.write("lax.toml", lax)
	tr.says(tr.run(".", "go", "vet", "-vettool="+wrapper, "./products/flags/logic"))
	tr.write("boundaries.toml", strict)
	tr.says(tr.vet("./products/flags/logic"), private)
}

func TestVetBadUnits(t *testing.T) {
	t.Parallel()
	tr := plant(t, mono)
	tr.write("bad.go", "package bad\n\nimport \"fmt\"\n\nvar _ = fmt.Sprint\n")
	tr.write("truncated.a", "!<arch>\n__.PKGDEF")
	unit := func(packageFile string) string {
		cfg, err := json.Marshal(map[string]any{
			"ImportPath": "example.com/mono", "Dir": tr.dir, "VetxOutput": tr.path("out"), "Stdout": tr.path("stdout"), "GoVersion": "go1.26",
			"GoFiles": []string{tr.path("bad.go")}, "ImportMap": map[string]string{"fmt": "fmt"}, "PackageFile": map[string]string{"fmt": packageFile},
		})
		if err != nil {
			t.Fatal(err)
		}
		return string(cfg)
	}
	for _, test := range []struct{ name, cfg, want string }{
		{"not JSON", "hello", "does not describe a package"},
		{"another JSON", `{"a": 1}`, "does not describe a package"},
		{"wrong types", `{"ImportPath": 1}`, "does not describe a package"},
		{"truncated export data", unit(tr.path("truncated.a")), "cannot read the export data of fmt"},
		{"missing export data", unit(tr.path("missing.a")), "cannot read the export data of fmt"},
		{"none at all", strings.Replace(unit(""), `{"fmt":""}`, `{}`, 1), "no export data"},
		{"missing source", strings.Replace(unit(""), "bad.go", "gone.go", 1), "gone.go"},
	} {
		tr.write("unit.cfg", test.cfg)
		a := tr.run(".", boundaries, "unit.cfg")
		if a.code == 0 || !strings.Contains(a.stderr, test.want) {
			t.Errorf("%s: %v", test.name, a)
		}
		if strings.Count(a.stderr, "\n") != 1 || !strings.HasPrefix(a.stderr, "boundaries: ") {
			t.Errorf("%s: want one line, got %v", test.name, a)
		}
		if _, err := os.Stat(tr.path("out")); err == nil {
			t.Errorf("%s: something was written that go vet would remember", test.name)
		}
	}
	if a := tr.run(".", boundaries, "absent.cfg"); a.code == 0 {
		t.Errorf("a file that is not there: %v", a)
	}
}
