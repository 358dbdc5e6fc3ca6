package drivertest

import "testing"

// What GOFLAGS say of analyzers, or of what go vet does with findings, is for
// people who run go vet.
func TestCheckSameUnderGOFLAGS(t *testing.T) {
	t.Parallel()
	for _, flags := range []string{"", "-facadeleak=false", "-frozenwrite", "-importboundary", "-fix", "-json=false", "-raw="} {
		tr := plant(t, between)
		tr.write("products/a/facade/f.go", "package facade\n\nimport \"example.com/mono/products/a/models\"\n\nfunc F() *models.M { return nil }\n")
		tr.env = []string{"GOFLAGS=" + flags}
		tr.says(tr.run(".", boundaries, "check", "--skip", "private-import"),
			"products/a/facade/f.go:5:10: ", "products/b/models/m.go:5:18: ", "products/b/logic/l.go:7:2: ")
	}
}

const strays = `
-- go.mod --
module example.com/mono

go 1.25
-- boundaries.toml --
products = ["products/*"]
root_module = "forbid"

[contracts]
tests = true
-- products/a/facade/f.go --
package facade
-- external/x_test.go --
package external_test
-- internal/x_test.go --
package internal
-- both/b.go --
package both
-- both/x_test.go --
package both_test

import _ "example.com/mono/both"
-- apart/a.go --
package apart
-- apart/x_test.go --
package apart_test
-- unbuilt/a.go --
//go:build never

package unbuilt
-- unbuilt/a_plan9.go --
package unbuilt
-- unbuilt/b.go --
package unbuilt
`

// A package without an owner is the same finding for everybody, and so is what
// the baseline knows it by.
func TestCheckSameStrays(t *testing.T) {
	t.Parallel()
	want := []string{
		"external/x_test.go:1:1: ", "internal/x_test.go:1:1: ", "both/b.go:1:1: ", "apart/a.go:1:1: ", "apart/x_test.go:1:1: ", "unbuilt/b.go:1:1: ",
	}
	tr := plant(t, strays)
	tr.says(tr.run(".", boundaries, "check"), want...)
	tr.says(tr.vet("./..."), want...)
	tr.says(tr.run(".", boundaries, "check", "--tags", "never", "./unbuilt"), "unbuilt/a.go:3:1: ")
	tr.says(tr.vet("-tags=never", "./unbuilt"), "unbuilt/a.go:3:1: ")
	if a := tr.run(".", boundaries, "check", "--write-baseline"); a.code != 0 {
		t.Fatal(a)
	}
	tr.says(tr.run(".", boundaries, "check"))
	tr.says(tr.vet("./..."))
	tr.says(tr.run(".", boundaries, "check", "./external"))
}
