package logic

import (
	"context"
	"fmt"

	"example.com/shop/platform/bus"
	"example.com/shop/products/notifications/backend/facade/contracts"
	"example.com/shop/products/orders/events"
)

// Handlers says what the desk does on which topic.
func (d *Desk) Handlers() map[string]bus.Handler {
	return map[string]bus.Handler{
		events.TopicPlaced:    d.orderPlaced,
		events.TopicCancelled: d.orderCancelled,
	}
}

func (d *Desk) orderPlaced(ctx context.Context, e bus.Event) error {
	placed, ok := e.(events.Placed)
	if !ok {
		return fmt.Errorf("notifications: %s is a %T", e.Topic(), e)
	}
	return d.write(ctx, placed.Account, contracts.OrderPlaced, placed)
}

func (d *Desk) orderCancelled(ctx context.Context, e bus.Event) error {
	cancelled, ok := e.(events.Cancelled)
	if !ok {
		return fmt.Errorf("notifications: %s is a %T", e.Topic(), e)
	}
	return d.write(ctx, cancelled.Account, contracts.OrderCancelled, cancelled)
}
