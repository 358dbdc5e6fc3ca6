package presentation

import (
	"testing"

	"example.com/shop/core/money"
	"example.com/shop/products/orders/facade/contracts"
	"example.com/shop/products/orders/models"
)

func TestGift(t *testing.T) {
	o := contracts.Order{Account: "acc_ann", Total: money.New(900, money.EUR)}
	if h := hidden(o); !h.Total.IsZero() || o.Total.IsZero() {
		t.Errorf("hidden: %v from %v", h.Total, o.Total)
	}
	if hide(&o); !o.Total.IsZero() {
		t.Errorf("hide: %v", o.Total)
	}
	if got := giftNote(o, []models.Line{{Name: "Mug"}}); got != "A gift: Mug" {
		t.Errorf("giftNote = %q", got)
	}
}
