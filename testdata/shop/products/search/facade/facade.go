// Package facade is the door of search: finding products by words.
package facade

import (
	"context"

	"github.com/jmoiron/sqlx"

	"example.com/shop/core/id"
	catalog "example.com/shop/products/catalog/facade"
	"example.com/shop/products/search/facade/contracts"
	"example.com/shop/products/search/internal/logic"
)

// Deps is what search needs from outside.
type Deps struct {
	DB      *sqlx.DB
	Catalog *catalog.Facade
}

// Facade finds products.
type Facade struct {
	index *logic.Index
}

// New wires the product.
func New(d Deps) *Facade {
	return &Facade{logic.NewIndex(d.DB, d.Catalog)}
}

// Find returns the products that match a query.
func (f *Facade) Find(ctx context.Context, q contracts.Query) (contracts.Result, error) {
	rows, err := f.index.Find(ctx, q)
	if err != nil {
		return contracts.Result{}, err
	}
	return toResult(rows), nil
}

// Clicked counts a click on a hit.
func (f *Facade) Clicked(ctx context.Context, product id.ProductID) error {
	return f.index.Clicked(ctx, product)
}

// Trends returns the most clicked products.
func (f *Facade) Trends(ctx context.Context, n int) ([]contracts.Trend, error) {
	rows, err := f.index.Trends(ctx, n)
	if err != nil {
		return nil, err
	}
	return toTrends(rows), nil
}

// Reindex reads the whole catalog again.
func (f *Facade) Reindex(ctx context.Context) error {
	return f.index.Reindex(ctx)
}
