// Package tasks is what billing does in the background.
package tasks

import (
	"context"
	"log/slog"
	"time"

	"example.com/shop/platform/queue"
	"example.com/shop/products/billing/facade"
)

// Jobs returns the jobs of the product.
func Jobs(f *facade.Facade) []queue.Job {
	return []queue.Job{
		{Name: "billing-overdue", Every: time.Hour, Run: func(ctx context.Context) error { return report(ctx, f) }},
	}
}

// report logs what is owed, for the people of team money.
func report(ctx context.Context, f *facade.Facade) error {
	invoices, err := f.Overdue(ctx)
	for _, i := range invoices {
		slog.Warn("billing: overdue", "invoice", i.ID, "amount", i.Amount)
	}
	return err
}
