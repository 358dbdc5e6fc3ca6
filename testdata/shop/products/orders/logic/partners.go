package logic

import (
	"context"

	"example.com/shop/core/id"
	"example.com/shop/core/money"
	billing "example.com/shop/products/billing/facade/contracts"
	catalog "example.com/shop/products/catalog/facade/contracts"
)

// Stock is what orders wants of the catalog.
type Stock interface {
	Get(context.Context, id.ProductID) (catalog.Product, error)
	Reserve(ctx context.Context, product id.ProductID, n int) error
}

// Invoices is what orders wants of billing.
type Invoices interface {
	Issue(context.Context, billing.Demand) (billing.Invoice, error)
}

// Rebates is what orders wants of coupons.
type Rebates interface {
	Apply(ctx context.Context, code string, total money.Money) (money.Money, error)
}

// Partners is all the products that take part in an order.
type Partners struct {
	Stock    Stock
	Invoices Invoices
	Rebates  Rebates
}
