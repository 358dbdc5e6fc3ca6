package drivertest

import (
	"os/exec"
	"strings"
	"testing"
)

// withCgo is a facade and contracts that use cgo, and depend on what can be
// broken.
const withCgo = `
-- go.mod --
module example.com/mono

go 1.25
-- boundaries.toml --
products = ["products/*"]

[rules]
private-import = "off"

[contracts]
level = "readonly"
tests = true
-- products/a/models/m.go --
package models

type M struct{ N int }
-- products/a/facade/cg.go --
package facade

// static int x(void) { return 1; }
import "C"

import "example.com/mono/products/a/models"

func CG() (int, *models.M) { return int(C.x()), nil }

func H(v C.int, m *models.M) {}
-- products/a/facade/in_test.go --
package facade

import _ "example.com/mono/products/b/logic"
-- products/a/facade/contracts/c.go --
package contracts

import "C"

type Item struct{ N int }
-- products/b/logic/l.go --
package logic

import "example.com/mono/products/a/facade/contracts"

func L(c *contracts.Item) { c.N = 1 }
`

var cgoFindings = []string{
	"products/a/facade/cg.go:8:17: error: CG returns *models.M",
	"products/a/facade/cg.go:10:19: error: H takes *models.M",
	"products/a/facade/contracts/c.go:3:8: error: contracts import C,",
	"products/b/logic/l.go:5:29: error: b writes c.N",
}

func needCgo(t *testing.T) {
	if _, err := exec.LookPath("gcc"); err != nil {
		t.Skip("no C compiler")
	}
}

// saysOnce is says for an answer that is incomplete, and has nothing in it
// that is not wanted, or twice.
func (t *tree) saysOnce(got answer, want ...string) {
	t.Helper()
	if got.code != 2 {
		t.Errorf("want exit code 2, got %v", got)
	}
	told := findings(answer{stdout: got.stdout})
	if len(told) != len(want) {
		t.Errorf("want %d findings, got %d: %v", len(want), len(told), got)
	}
	for _, w := range want {
		if !strings.Contains(got.stdout, w) {
			t.Errorf("missing: %s\nin: %v", w, got)
		}
	}
}

// The go command gives what cgo has made by names of the build cache. There
// is nothing to find in it, and what it stands for is found where it was
// written.
func TestCheckBrokenCgo(t *testing.T) {
	t.Parallel()
	needCgo(t)
	tr := plant(t, withCgo)
	tr.env = []string{"CGO_ENABLED=1"}
	tr.says(tr.run(".", boundaries, "check"), cgoFindings...)

	tr.write("products/b/logic/x.go", "package logic\n\nvar x int = \"x\"\n")
	incomplete := "products/b/logic/x.go:3:13: error: cannot use \"x\""
	tr.saysOnce(tr.run(".", boundaries, "check"), append(cgoFindings, incomplete)...)

	tr.env = append(tr.env, "GOFLAGS=-trimpath")
	tr.saysOnce(tr.run(".", boundaries, "check"), append(cgoFindings, incomplete)...)

	// Contracts are looked at from source, too.
	tr.write("products/a/facade/contracts/x.go", "package contracts\n\nimport _ \"example.com/mono/broken\"\n")
	tr.write("broken/b.go", "package broken\n\nvar x int = \"x\"\n")
	tr.saysOnce(tr.run(".", boundaries, "check"), append(cgoFindings, incomplete,
		"products/a/facade/contracts/x.go:3:8: error: contracts import example.com/mono/broken",
		"broken/b.go:3:13: error: cannot use \"x\"")...)
}

// What keeps a package from being built may have no place in Go code. It is
// said all the same.
func TestCheckBrokenBuild(t *testing.T) {
	t.Parallel()
	needCgo(t)
	const generic = `
-- products/a/facade/cg.go --
package facade

// static int x(void) { return 1; }
import "C"

import "example.com/mono/products/a/models"

func pick[T any](T) *models.M { return nil }

var Row = pick(C.x())
-- products/a/facade/in_test.go --
package facade
-- products/a/facade/contracts/c.go --
package contracts

type Item struct{ N int }
-- products/b/logic/l.go --
package logic
`
	const row = "products/a/facade/cg.go:10:5: error: Row: *models.M"
	for _, test := range []struct {
		name, archive, cc, want string
		others                  []string
	}{
		{name: "no C compiler", cc: "/nonexistent/cc", want: "cgo: C compiler \"/nonexistent/cc\" not found", others: []string{row}},
		{name: "C that does not compile", want: "products/a/facade/cg.go:", archive: strings.Replace(generic, "return 1;", "return one;", 1), others: []string{row}},
		{name: "no library", want: "products/a/facade/cg.go:1:1: error: the go command fails at example.com/mono/products/a/facade: ",
			archive: strings.Replace(generic, "// static", "// #cgo pkg-config: nonexistent\n// static", 1), others: []string{"products/a/facade/cg.go:11:5: error: Row"}},
		{name: "assembler", want: "products/a/models/m.go:1:1: error: the go command fails at example.com/mono/products/a/models: ", archive: `
-- products/a/models/m.go --
package models

type M struct{ N int }

func F()
-- products/a/models/a_test.go --
package models
-- products/a/models/f.s --
TEXT ·F(SB),0,$0
	NONSENSE
-- products/a/facade/cg.go --
package facade

import "example.com/mono/products/a/models"

var Row *models.M
`, others: []string{"products/a/facade/cg.go:5:5: error: Row"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			tr := plant(t, withCgo+generic+test.archive)
			tr.env = []string{"CGO_ENABLED=1"}
			if test.cc != "" {
				tr.env = append(tr.env, "CC="+test.cc)
			}
			tr.saysOnce(tr.run(".", boundaries, "check"), append(test.others, test.want)...)
		})
	}
}

// Where the environment names another driver for the packages of editors, that
// is not for us.
func TestCheckBrokenWithPackagesDriver(t *testing.T) {
	t.Parallel()
	driver, err := exec.LookPath("false")
	if err != nil {
		t.Skip("no false")
	}
	// The facade is looked at from source: what it imports does not compile.
	tr := plant(t, withCgo+`
-- products/a/facade/cg.go --
package facade

import (
	"example.com/mono/products/a/models"
	_ "example.com/mono/products/a/internal/broken"
)

func CG() *models.M { return nil }
-- products/a/facade/in_test.go --
package facade
-- products/a/facade/contracts/c.go --
package contracts

type Item struct{ N int }
-- products/a/internal/broken/x.go --
package broken

var x int = "x"
`)
	tr.env = []string{"GOPACKAGESDRIVER=" + driver}
	tr.saysOnce(tr.run(".", boundaries, "check"),
		"products/a/facade/cg.go:8:11: error: CG returns *models.M", "products/b/logic/l.go:5:29: error: b writes c.N", "products/a/internal/broken/x.go:3:13: error: cannot use \"x\"")
}
