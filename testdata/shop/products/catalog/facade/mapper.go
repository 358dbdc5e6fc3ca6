package facade

import (
	"example.com/shop/core/id"
	"example.com/shop/core/money"
	"example.com/shop/core/optional"
	"example.com/shop/products/catalog/facade/contracts"
	"example.com/shop/products/catalog/models"
)

func toProduct(p models.Product) contracts.Product {
	// What is in the table was checked on its way in.
	currency, _ := money.ParseCurrency(p.Currency)
	category := optional.None[string]()
	if p.Category != nil {
		category = optional.Some(p.Category.Name)
	}
	return contracts.Product{
		ID:       id.ProductID(p.ID),
		SKU:      p.SKU,
		Name:     p.Name,
		Category: category,
		Price:    money.New(p.PriceMinor, currency),
		Stock:    p.Stock,
	}
}

func toProducts(rows []models.Product) []contracts.Product {
	out := make([]contracts.Product, 0, len(rows))
	for _, p := range rows {
		out = append(out, toProduct(p))
	}
	return out
}
