// Package routes says which path of search is served by what.
package routes

import (
	"net/http"

	"example.com/shop/products/search/facade"
	"example.com/shop/products/search/internal/presentation"
)

// Register adds the routes of the product to mux.
func Register(mux *http.ServeMux, f *facade.Facade) {
	api := presentation.New(f)
	mux.HandleFunc("GET /search", api.Find)
	mux.HandleFunc("POST /search/clicks/{id}", api.Clicked)
}
