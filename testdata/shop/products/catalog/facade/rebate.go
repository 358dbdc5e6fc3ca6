package facade

import (
	"context"
	"net/http"

	"example.com/shop/core/id"
	"example.com/shop/products/catalog/facade/contracts"
	"example.com/shop/products/catalog/logic"
	"example.com/shop/products/catalog/models"
)

// Sorted puts discounts in order.
var Sorted = logic.Sorted // planted: internal-leak — the type of the variable names a type of logic

// Discounts returns the discounts for large quantities.
func (f *Facade) Discounts() []logic.Discount { // planted: internal-leak — a type of logic; it wants a contract
	return logic.Sorted([]logic.Discount{{From: 10, Percent: 5}, {From: 100, Percent: 12}})
}

// Status returns where a product stands in its life.
func (f *Facade) Status(ctx context.Context, product id.ProductID) (models.Status, error) { // planted: internal-leak — an enum that lives with the models
	row, err := f.products.Get(ctx, product)
	return row.Status, err
}

// Requested returns the product that an HTTP request is about.
func (f *Facade) Requested(r *http.Request) (contracts.Product, error) { // planted: internal-leak — HTTP ends in presentation
	return f.Get(r.Context(), id.ProductID(r.PathValue("id")))
}

// Best returns the discount for n pieces: a number crosses, no type of logic.
func (f *Facade) Best(n int) (percent int) {
	for _, d := range f.Discounts() {
		if n >= d.From {
			percent = d.Percent
		}
	}
	return percent
}
