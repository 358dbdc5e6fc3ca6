package facade

import (
	"context"

	"example.com/shop/core/id"
	"example.com/shop/products/catalog/facade/contracts"
	searchcontracts "example.com/shop/products/search/facade/contracts" // planted: module-cycle — search reads the catalog, and now the catalog reads search
)

// Popular returns the products that people look for, the most wanted first.
func (f *Facade) Popular(ctx context.Context, trends []searchcontracts.Trend) ([]contracts.Product, error) {
	clicks := make(map[id.ProductID]int, len(trends))
	for _, t := range trends {
		clicks[t.Product] += t.Clicks
	}
	rows, err := f.products.Ranked(ctx, clicks)
	return toProducts(rows), err
}
