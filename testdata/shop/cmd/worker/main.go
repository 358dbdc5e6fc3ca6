// Command worker does what the shop does in the background.
package main

import (
	"context"
	"flag"
	"log/slog"
	"os"
	"os/signal"

	"example.com/shop/cmd/internal/wiring"
	"example.com/shop/platform/config"
	"example.com/shop/platform/queue"
	billing "example.com/shop/products/billing/tasks"
	notifications "example.com/shop/products/notifications/backend/tasks"
	orders "example.com/shop/products/orders/tasks"
	search "example.com/shop/products/search/tasks"
)

func main() {
	once := flag.Bool("once", false, "run every job once and exit")
	flag.Parse()

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, *once); err != nil {
		slog.Error("worker: stopped", "err", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, once bool) error {
	cfg, err := config.Load(os.Getenv)
	if err != nil {
		return err
	}
	shop, err := wiring.Build(ctx, cfg)
	if err != nil {
		return err
	}
	runner := jobs(shop)
	if once {
		return runner.Once(ctx)
	}
	runner.Loop(ctx)
	return nil
}

// jobs collects the jobs of all products.
func jobs(s *wiring.Shop) *queue.Runner {
	var r queue.Runner
	r.Add(billing.Jobs(s.Billing)...)
	r.Add(notifications.Jobs(s.Notifications)...)
	r.Add(orders.Jobs(s.Orders)...)
	r.Add(search.Jobs(s.Search)...)
	r.Add(rank(s))
	return &r
}
