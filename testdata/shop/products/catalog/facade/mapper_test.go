package facade

import (
	"testing"

	"example.com/shop/core/money"
	"example.com/shop/products/catalog/models"
)

func TestToProduct(t *testing.T) {
	row := models.Product{
		ID: "prd_1", SKU: "MUG-1", Name: "Mug", PriceMinor: 900, Currency: "EUR", Stock: 3,
		Category: &models.Category{ID: "cat_1", Name: "Kitchen"},
	}
	got := toProduct(row)
	if got.Price != money.New(900, money.EUR) || got.Category.Or("") != "Kitchen" || !got.Available(3) {
		t.Errorf("toProduct = %+v", got)
	}
	row.Category = nil
	if c, ok := toProduct(row).Category.Get(); ok {
		t.Errorf("a product without category has category %q", c)
	}
}
