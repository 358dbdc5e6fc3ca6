package logic

import (
	"context"

	"example.com/shop/core/id"
	orders "example.com/shop/products/orders/facade" // planted: private-import — an exclusive interface leaves notifications the events and contracts
	"example.com/shop/products/orders/facade/contracts"
)

// remindable reports whether an order is worth a reminder.
func remindable(ctx context.Context, f *orders.Facade, order id.OrderID) bool {
	o, err := f.Get(ctx, order)
	return err == nil && o.Status == contracts.Placed
}

var _ = remindable
