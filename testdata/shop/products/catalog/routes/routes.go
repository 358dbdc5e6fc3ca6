// Package routes says which path of catalog is served by what.
package routes

import (
	"net/http"

	"example.com/shop/products/catalog/facade"
	"example.com/shop/products/catalog/presentation"
)

// Prefix is where the catalog lives.
const Prefix = "/products"

// Register adds the routes of the product to mux.
func Register(mux *http.ServeMux, f *facade.Facade) {
	api := presentation.New(f)
	mux.HandleFunc("GET "+Prefix, api.List)
	mux.HandleFunc("POST "+Prefix, api.Add)
	mux.HandleFunc("GET "+Prefix+"/{id}", api.Get)
}
