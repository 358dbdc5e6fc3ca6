package contracts

import (
	"testing"

	"example.com/shop/core/money"
)

func TestWithPriceLeavesTheOriginal(t *testing.T) {
	p := Product{SKU: "MUG-1", Price: money.New(900, money.EUR)}
	q := p.WithPrice(money.New(800, money.EUR))
	if p.Price.Minor() != 900 || q.Price.Minor() != 800 || q.SKU != p.SKU {
		t.Errorf("%+v became %+v", p, q)
	}
}
