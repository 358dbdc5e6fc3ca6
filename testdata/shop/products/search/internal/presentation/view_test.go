package presentation

import (
	"testing"

	"example.com/shop/products/search/facade/contracts"
)

func TestToView(t *testing.T) {
	got := toView(contracts.Result{Hits: []contracts.Hit{{Product: "prd_1", Title: "Mug"}}})
	if len(got) != 1 || got[0].Link != "/products/prd_1" {
		t.Errorf("toView = %+v", got)
	}
}
