// Package facade is the door of orders: buying things.
package facade

import (
	"context"

	"github.com/uptrace/bun"

	"example.com/shop/core/clock"
	"example.com/shop/core/id"
	"example.com/shop/platform/bus"
	"example.com/shop/platform/posthog"
	billing "example.com/shop/products/billing/facade"
	catalog "example.com/shop/products/catalog/facade"
	coupons "example.com/shop/products/coupons/facade" // planted: deprecated-dependency — coupons is on its way out
	"example.com/shop/products/orders/events"
	"example.com/shop/products/orders/facade/contracts"
	"example.com/shop/products/orders/logic"
)

// Deps is what orders needs from outside.
type Deps struct {
	DB      *bun.DB
	Catalog *catalog.Facade
	Billing *billing.Facade
	Coupons *coupons.Facade
	Bus     *bus.Bus
	Clock   clock.Clock
	Events  posthog.Recorder
}

// Facade sells.
type Facade struct {
	orders *logic.Orders
	bus    *bus.Bus
	events posthog.Recorder
}

// New wires the product.
func New(d Deps) *Facade {
	return &Facade{
		orders: logic.New(d.DB, logic.Partners{Stock: d.Catalog, Invoices: d.Billing, Rebates: d.Coupons}, d.Clock),
		bus:    d.Bus,
		events: d.Events,
	}
}

// Get returns an order.
func (f *Facade) Get(ctx context.Context, order id.OrderID) (contracts.Order, error) {
	row, err := f.orders.Get(ctx, order)
	if err != nil {
		return contracts.Order{}, err
	}
	return toOrder(row), nil
}

// Place buys what is in the cart.
func (f *Facade) Place(ctx context.Context, c contracts.Cart) (contracts.Order, error) {
	row, err := f.orders.Place(ctx, c)
	if err != nil {
		return contracts.Order{}, err
	}
	o := toOrder(row)
	f.events.Record(o.Account, "order placed", posthog.Detail{Key: "total", Value: o.Total.String()})
	return o, f.bus.Publish(ctx, events.Placed{Order: o.ID, Account: o.Account, Total: o.Total})
}

// Cancel takes an order back.
func (f *Facade) Cancel(ctx context.Context, order id.OrderID, reason string) error {
	row, err := f.orders.Cancel(ctx, order)
	if err != nil {
		return err
	}
	return f.bus.Publish(ctx, events.Cancelled{Order: order, Account: id.AccountID(row.AccountID), Reason: reason})
}

// Expire cancels the orders that were never paid and returns their number.
func (f *Facade) Expire(ctx context.Context) (int, error) {
	stale, err := f.orders.Unpaid(ctx)
	if err != nil {
		return 0, err
	}
	for n, order := range stale {
		if err := f.Cancel(ctx, order, "not paid"); err != nil {
			return n, err
		}
	}
	return len(stale), nil
}
