// Package routes says which path of orders is served by what.
package routes

import (
	"net/http"

	"example.com/shop/products/orders/facade"
	"example.com/shop/products/orders/presentation"
)

// Register adds the routes of the product to mux.
func Register(mux *http.ServeMux, f *facade.Facade) {
	api := presentation.New(f)
	mux.HandleFunc("POST /orders", api.Place)
	mux.HandleFunc("GET /orders/{id}", api.Get)
	mux.HandleFunc("GET /orders/{id}/label", api.Label)
}
