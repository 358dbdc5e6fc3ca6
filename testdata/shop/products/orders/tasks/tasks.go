// Package tasks is what orders does in the background.
package tasks

import (
	"context"
	"log/slog"
	"time"

	"example.com/shop/platform/queue"
	"example.com/shop/products/orders/facade"
)

// Jobs returns the jobs of the product.
func Jobs(f *facade.Facade) []queue.Job {
	return []queue.Job{{Name: "orders-expire", Every: time.Hour, Run: func(ctx context.Context) error {
		n, err := f.Expire(ctx)
		slog.Info("orders: expired", "orders", n)
		return err
	}}}
}
