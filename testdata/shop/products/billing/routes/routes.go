// Package routes says which path of billing is served by what.
package routes

import (
	"net/http"

	"example.com/shop/products/billing/facade"
	"example.com/shop/products/billing/presentation"
)

// Register adds the routes of the product to mux.
func Register(mux *http.ServeMux, f *facade.Facade) {
	api := presentation.New(f)
	mux.HandleFunc("GET /invoices/{id}", api.Get)
}
