// Package routes says which path of accounts is served by what.
package routes

import (
	"net/http"

	"example.com/shop/products/accounts/facade"
	"example.com/shop/products/accounts/presentation"
)

// Register adds the routes of the product to mux.
func Register(mux *http.ServeMux, f *facade.Facade) {
	api := presentation.New(f)
	mux.HandleFunc("POST /accounts", api.Register)
	mux.HandleFunc("POST /sessions", api.SignIn)
	mux.HandleFunc("GET /me", api.Me)
}
