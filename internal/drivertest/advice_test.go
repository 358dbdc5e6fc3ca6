package drivertest

import (
	"os"
	"testing"
)

// A finding advises what there is. That is a question of directories, which
// no driver knows to be part of the answer. A program is nobody's dependency,
// so that go vet remembers what was found in it.
const advice = `
-- go.mod --
module example.com/mono

go 1.26
-- boundaries.toml --
products = ["products/*"]
[[modules]]
path = "core"
[[interfaces]]
from = ["core"]
expose = ["api", "spi"]
-- core/core.go --
package core
-- core/api/api.go --
package api
-- core/inner/inner.go --
package inner
-- products/billing/models/models.go --
package models

type Row struct{}
-- products/flags/cmd/main.go --
package main

import _ "example.com/mono/products/billing/models"
import _ "example.com/mono/core/inner"

func main() {}
`

func (t *tree) advises(run func() answer) {
	t.Helper()
	const models, inner = "billing/models, which billing keeps private; ", "which core keeps private; "
	const nothing = "expose it in an [[interfaces]] entry or drop the import"
	says := func(billing, core string) {
		t.Helper()
		for range 2 {
			t.says(run(), models+billing, inner+core)
		}
	}
	says(nothing, "import core/api (")
	t.write("products/billing/facade/facade.go", "package facade\n")
	says("import billing/facade", "import core/api (")
	t.write("core/spi/spi.go", "package spi\n")
	says("import billing/facade", "import core/api or core/spi")
	if err := os.RemoveAll(t.path("products/billing/facade")); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(t.path("core/api")); err != nil {
		t.Fatal(err)
	}
	says(nothing, "import core/spi (")
}

func TestVetAdvisesWhatThereIs(t *testing.T) {
	t.Parallel()
	tr := plant(t, advice)
	tr.advises(func() answer { return tr.vet("./products/flags/cmd") })
}

func TestCheckAdvisesWhatThereIs(t *testing.T) {
	t.Parallel()
	tr := plant(t, advice)
	tr.advises(func() answer { return tr.run(".", boundaries, "check", "--rules", "private-import") })
}

func TestGolangciAdvisesWhatThereIs(t *testing.T) {
	t.Parallel()
	lint := golangciLint(t)
	tr := plant(t, advice+"-- .golangci.yml --"+golangciSettings)
	tr.env = []string{"GOLANGCI_LINT_CACHE=" + t.TempDir()}
	tr.advises(func() answer { return tr.run(".", lint, "run", "--allow-parallel-runners") })
}
