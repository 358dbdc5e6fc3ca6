package drivertest

import (
	"os/exec"
	"testing"
)

// What cgo makes of a file says that it is generated; a person wrote it.
func TestVetCgoWrites(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("gcc"); err != nil {
		t.Skip("no C compiler")
	}
	tr := plant(t, `
-- go.mod --
module example.com/mono

go 1.25
-- boundaries.toml --
products = ["products/*"]

[contracts]
level = "readonly"
-- products/billing/facade/contracts/bill.go --
package contracts

type Bill struct{ Cents int }
-- products/billing/facade/contracts/list.go --
package contracts

// int f(int x) { return x; }
import "C"

type List struct{ bills []Bill }

func (l List) Bills() []Bill { return l.bills }

func Count() int { return int(C.f(1)) }
-- products/billing/logic/logic.go --
package logic

// int f(int x) { return x; }
import "C"

import "example.com/mono/products/billing/facade/contracts"

func F(b *contracts.Bill) { b.Cents = int(C.f(1)) }
`)
	tr.env = []string{"CGO_ENABLED=1"}
	tr.says(tr.vet("./products/billing/logic"), "products/billing/logic/logic.go:8:29: billing writes b.Cents of contract billing.Bill")
	tr.says(tr.vet("./products/billing/facade/contracts"),
		"products/billing/facade/contracts/list.go:4:8: contracts import C,",
		"products/billing/facade/contracts/list.go:8:39: Bills hands out the slice inside its receiver")
}
