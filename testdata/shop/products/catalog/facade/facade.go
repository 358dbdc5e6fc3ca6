// Package facade is the door of catalog: what the shop sells.
package facade

import (
	"context"

	"gorm.io/gorm"

	"example.com/shop/core/clock"
	"example.com/shop/core/id"
	"example.com/shop/core/page"
	"example.com/shop/products/catalog/facade/contracts"
	"example.com/shop/products/catalog/logic"
)

// Deps is what catalog needs from outside.
type Deps struct {
	DB    *gorm.DB
	Clock clock.Clock
}

// Facade answers questions about products.
type Facade struct {
	products *logic.Products
}

// New wires the product.
func New(d Deps) *Facade {
	return &Facade{logic.NewProducts(d.DB, d.Clock)}
}

// Get returns a product.
func (f *Facade) Get(ctx context.Context, product id.ProductID) (contracts.Product, error) {
	p, err := f.products.Get(ctx, product)
	if err != nil {
		return contracts.Product{}, err
	}
	return toProduct(p), nil
}

// List returns a page of the products that match a filter.
func (f *Facade) List(ctx context.Context, by contracts.Filter, r page.Request) (page.Page[contracts.Product], error) {
	r = r.Clamp()
	rows, err := f.products.List(ctx, by, r)
	if err != nil {
		return page.Page[contracts.Product]{}, err
	}
	return page.Of(toProducts(rows), r), nil
}

// Add puts a product on sale.
func (f *Facade) Add(ctx context.Context, d contracts.Draft) (contracts.Product, error) {
	p, err := f.products.Add(ctx, d)
	if err != nil {
		return contracts.Product{}, err
	}
	return toProduct(p), nil
}

// Reserve takes n pieces out of stock.
func (f *Facade) Reserve(ctx context.Context, product id.ProductID, n int) error {
	return f.products.Reserve(ctx, product, n)
}
