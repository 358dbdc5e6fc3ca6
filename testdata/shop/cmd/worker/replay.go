package main

import (
	"bytes"
	"context"
	"net/http"

	"example.com/shop/products/billing/webhooks" // planted: private-import — no symbol of webhooks is visible to the worker
)

// replay prepares a delivery of the bank that was lost.
func replay(ctx context.Context, url, secret string, body []byte) (*http.Request, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	r.Header.Set("X-Signature", webhooks.Sign(secret, body))
	return r, nil
}
