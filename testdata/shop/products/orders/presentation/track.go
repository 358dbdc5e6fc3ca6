package presentation

import (
	"net/http"

	"github.com/posthog/posthog-go" // planted: unconfined-import — events go through platform/posthog

	"example.com/shop/products/orders/facade/contracts"
)

// viewed is the event of somebody looking at an order.
func viewed(r *http.Request, o contracts.Order) posthog.Capture {
	return posthog.Capture{
		DistinctId: string(o.Account),
		Event:      "order viewed",
		Properties: posthog.NewProperties().Set("agent", r.UserAgent()),
	}
}

var _ = viewed
