package facade

import (
	"context"

	sdk "github.com/posthog/posthog-go" // planted: unconfined-import — events go through platform/posthog
	"github.com/uptrace/bun"

	"example.com/shop/core/id"
	"example.com/shop/platform/db"
	"example.com/shop/products/billing/webhooks" // planted: private-import — no symbol of webhooks is visible to orders
	catalog "example.com/shop/products/catalog/facade"
	"example.com/shop/products/orders/facade/contracts"
)

// PlaceIn buys in the caller's transaction.
func (f *Facade) PlaceIn(ctx context.Context, tx bun.IDB, c contracts.Cart) (contracts.Order, error) { // planted: orm-leak — a handle as parameter of a method that is no constructor
	row, err := f.orders.On(tx).Place(ctx, c)
	if err != nil {
		return contracts.Order{}, err
	}
	return toOrder(row), nil
}

// Archive removes an order within a transaction of the platform.
func (f *Facade) Archive(ctx context.Context, tx *db.Tx, order id.OrderID) error { // planted: orm-leak — db.Tx is on the list of [orm]
	_, err := tx.ExecContext(ctx, `DELETE FROM orders WHERE id = $1`, string(order))
	return err
}

// Offer returns what the catalog says of a product.
func (f *Facade) Offer(row catalog.ProductRow) string { // planted: orm-leak — a model through the facade of another product
	return row.Name
}

// Delivered hears that the bank has the money for an order.
func (f *Facade) Delivered(d webhooks.Delivery) bool { // planted: internal-leak — a type that billing keeps to itself
	return d.Event == "paid"
}

// Capture returns the event of an order.
func (f *Facade) Capture(o contracts.Order) sdk.Capture { // planted: internal-leak — a type of a library that has its home elsewhere
	return sdk.Capture{DistinctId: string(o.Account), Event: "order"}
}
