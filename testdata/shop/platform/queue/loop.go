package queue

import (
	"context"
	"log/slog"
	"sync"
	"time"
)

// Loop runs each job at its own pace until ctx ends.
func (r *Runner) Loop(ctx context.Context) {
	var wg sync.WaitGroup
	for _, j := range r.jobs {
		wg.Go(func() { repeat(ctx, j) })
	}
	wg.Wait()
}

func repeat(ctx context.Context, j Job) {
	tick := time.NewTicker(j.Every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if err := j.Run(ctx); err != nil {
				slog.Error("queue: job failed", "job", j.Name, "err", err)
			}
		}
	}
}
