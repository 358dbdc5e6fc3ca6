// Package facadetest stands in for catalog in the tests of other products.
package facadetest

import (
	"context"
	"sync"

	"example.com/shop/core/id"
	"example.com/shop/core/money"
	"example.com/shop/core/page"
	"example.com/shop/products/catalog/facade/contracts"
)

// Fake sells the products that it was given.
type Fake struct {
	mu       sync.Mutex
	products []contracts.Product
	reserved map[id.ProductID]int
}

// New returns a fake that sells the given products.
func New(products ...contracts.Product) *Fake {
	return &Fake{products: products, reserved: map[id.ProductID]int{}}
}

// Get is like Facade.Get.
func (f *Fake) Get(_ context.Context, product id.ProductID) (contracts.Product, error) {
	for _, p := range f.products {
		if p.ID == product {
			return p, nil
		}
	}
	return contracts.Product{}, contracts.ErrNotFound
}

// List is like Facade.List, without a filter.
func (f *Fake) List(_ context.Context, _ contracts.Filter, r page.Request) (page.Page[contracts.Product], error) {
	r = r.Clamp()
	start := min(r.Offset, len(f.products))
	end := min(start+r.Limit, len(f.products))
	return page.Of(f.products[start:end], r), nil
}

// Reserve is like Facade.Reserve.
func (f *Fake) Reserve(ctx context.Context, product id.ProductID, n int) error {
	p, err := f.Get(ctx, product)
	if err != nil {
		return err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if !p.Available(f.reserved[product] + n) {
		return contracts.ErrOutOfStock
	}
	f.reserved[product] += n
	return nil
}

// Mug is a product, for tests that need any.
func Mug() contracts.Product {
	return contracts.Product{ID: "prd_mug", SKU: "MUG-1", Name: "Mug", Price: money.New(900, money.EUR), Stock: 3}
}
