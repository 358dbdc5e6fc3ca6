package main

import (
	"context"
	"log/slog"
	"time"

	"example.com/shop/cmd/internal/wiring"
	"example.com/shop/platform/queue"
)

// rank logs what is popular, until the start page wants to know.
func rank(s *wiring.Shop) queue.Job {
	return queue.Job{Name: "rank", Every: time.Hour, Run: func(ctx context.Context) error {
		trends, err := s.Search.Trends(ctx, 20)
		if err != nil {
			return err
		}
		products, err := s.Catalog.Popular(ctx, trends)
		for i, p := range products {
			slog.Info("worker: popular", "rank", i+1, "product", p.Name)
		}
		return err
	}}
}
