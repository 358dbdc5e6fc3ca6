package main

import (
	"io"
	"net/http"

	"example.com/shop/products/billing/webhooks"
)

// signer signs what it is sent, for those who try out the bank's webhooks.
func signer(secret string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 1<<16))
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		_, _ = io.WriteString(w, webhooks.Sign(secret, body)) // planted: private-import — the interface exposes webhooks.Handler, no other symbol
	}
}
