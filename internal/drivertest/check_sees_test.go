package drivertest

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

const between = `
-- go.mod --
module example.com/mono

go 1.25
-- boundaries.toml --
products = ["products/*"]
exclude = ["gen/..."]
-- products/a/facade/contracts/c.go --
package contracts

type C struct{ N int }
-- products/a/models/m.go --
package models

type M struct{ N int }
-- gen/api/api.go --
package api

import (
	"example.com/mono/products/a/facade/contracts"
	"example.com/mono/products/a/models"
)

func Get() *contracts.C { return &contracts.C{} }

type Model = models.M
-- products/b/models/m.go --
package models

import "example.com/mono/gen/api"

type X struct{ A api.Model }
-- products/b/logic/l.go --
package logic

import "example.com/mono/gen/api"

func L() {
	c := api.Get()
	c.N = 1
}
`

// Types travel over packages that nobody checks, and the command must follow
// them there: it alone picks the packages whose types it looks at.
func TestCheckSeesBeyondTheScan(t *testing.T) {
	t.Parallel()
	want := []string{"products/b/models/m.go:5:18: ", "products/b/logic/l.go:7:2: "}
	plain := strings.Replace(between, "exclude = [\"gen/...\"]\n", "", 1)
	for name, archive := range map[string]string{
		"excluded": between,
		"nested root": plain + `
-- gen/boundaries.toml --
products = ["nothing/*"]
`,
		"excluded, over another": strings.Replace(between, "gen/api/api.go", "gen/deep/api.go", 1) + `
-- gen/api/api.go --
package api

import "example.com/mono/gen/deep"

var Get = api.Get

type Model = api.Model
`,
		"ignored by name": strings.ReplaceAll(strings.ReplaceAll(plain, "-- gen/", "-- testdata/gen/"), "mono/gen", "mono/testdata/gen"),
		"a contract that is excluded": plain[:strings.Index(plain, "-- gen/")] + `
-- boundaries.toml --
products = ["products/*"]
exclude = ["products/a/..."]
-- products/b/models/m.go --
package models

import "example.com/mono/products/a/models"

type X struct{ _ models.M }
-- products/b/logic/l.go --
package logic

import "example.com/mono/products/a/facade/contracts"

func L(c *contracts.C) {

	c.N = 1
}
`,
		"a module outside": outside(plain),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tr := plant(t, archive)
			if name == "a module outside" {
				tr.dir = tr.path("inside")
			}
			tr.says(tr.run(".", boundaries, "check", "--skip", "private-import"), want...)
			tr.says(tr.vet("-importboundary=false", "./products/..."), want...)
		})
	}
}

// outside moves gen to a module beside the tree, which needs that, and which
// it needs.
func outside(archive string) string {
	a := txtar.Parse([]byte(strings.ReplaceAll(archive, "mono/gen", "gen")))
	for i, f := range a.Files {
		switch {
		case strings.HasPrefix(f.Name, "gen/"):
		case f.Name == "go.mod":
			a.Files[i].Data = slices.Concat(f.Data, []byte("\nrequire example.com/gen v0.0.0\nreplace example.com/gen => ../gen\n"))
			fallthrough
		default:
			a.Files[i].Name = "inside/" + f.Name
		}
	}
	return string(txtar.Format(a)) + "-- gen/go.mod --\nmodule example.com/gen\n\ngo 1.25\n\nrequire example.com/mono v0.0.0\n"
}

// What is not there makes no package need types.
func TestCheckSeesNothingInNothing(t *testing.T) {
	t.Parallel()
	tr := plant(t, between[:strings.Index(between, "-- gen/")]+`
-- products/b/logic/l.go --
package logic

import "example.com/mono/gen/api"

var _ = api.X
`)
	tr.says(tr.run(".", boundaries, "check", "--skip", "dead-config"))
}

// A contract may be a model, too, and counts as one even where contracts are
// not held to anything.
func TestCheckSeesModelsAmongContracts(t *testing.T) {
	t.Parallel()
	tr := plant(t, `
-- go.mod --
module example.com/mono

go 1.25
-- boundaries.toml --
products = ["products/*"]
-- products/a/facade/contracts/c.go --
package contracts

type C struct {
	ID int `+"`gorm:\"primaryKey\"`"+`
}
-- products/b/models/m.go --
package models

import "example.com/mono/products/a/facade/contracts"

type X struct {
	ID int `+"`gorm:\"primaryKey\"`"+`
	C  contracts.C
}
`)
	tr.says(tr.run(".", boundaries, "check", "--rules", "cross-relation"), "products/b/models/m.go:7:5: ")
	for _, config := range []string{"rules = { contract-write = \"off\" }\n", "[contracts]\nlevel = \"off\"\n"} {
		tr.write("boundaries.toml", "products = [\"products/*\"]\n"+config)
		tr.says(tr.run(".", boundaries, "check", "--skip", "orm-leak,orm-value-leak"), "products/b/models/m.go:7:5: ")
	}
}
