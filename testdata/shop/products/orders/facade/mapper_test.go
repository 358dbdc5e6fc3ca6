package facade

import (
	"testing"

	"example.com/shop/core/money"
	"example.com/shop/products/orders/models"
)

func TestToOrder(t *testing.T) {
	got := toOrder(&models.Order{
		ID: "ord_1", AccountID: "acc_ann", TotalMinor: 1800, Currency: "EUR", Status: "placed",
		Lines: []*models.Line{{ProductID: "prd_mug", Name: "Mug", Quantity: 2, PriceMinor: 900}},
	})
	if got.Total != money.New(1800, money.EUR) || got.Lines.Len() != 1 {
		t.Fatalf("toOrder = %+v", got)
	}
	if l := got.Lines.At(0); l.Price != money.New(900, money.EUR) || l.Quantity != 2 {
		t.Errorf("line %+v", l)
	}
}
