package tasks

import (
	"testing"

	"example.com/shop/products/billing/facade/contracts"
)

func TestVoidable(t *testing.T) {
	for status, want := range map[contracts.Status]bool{contracts.Open: true, contracts.Void: true, contracts.Paid: false} {
		if got := voidable(contracts.Invoice{Status: status}); got != want {
			t.Errorf("%s: %v", status, got)
		}
	}
}
