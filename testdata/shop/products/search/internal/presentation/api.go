// Package presentation speaks HTTP for search.
package presentation

import (
	"net/http"

	"example.com/shop/core/id"
	"example.com/shop/platform/httpx"
	"example.com/shop/products/search/facade"
	"example.com/shop/products/search/facade/contracts"
)

var statuses = httpx.Statuses{
	contracts.ErrEmptyQuery: http.StatusBadRequest,
}

// API is the HTTP face of the product.
type API struct {
	facade *facade.Facade
}

// New returns the API over f.
func New(f *facade.Facade) *API { return &API{f} }

// Find handles GET /search.
func (a *API) Find(w http.ResponseWriter, r *http.Request) {
	res, err := a.facade.Find(r.Context(), contracts.Query{
		Text:  r.URL.Query().Get("q"),
		Limit: httpx.Page(r).Limit,
	})
	if err != nil {
		statuses.Fail(w, err)
		return
	}
	httpx.JSON(w, http.StatusOK, toView(res))
}

// Clicked handles POST /search/clicks/{id}.
func (a *API) Clicked(w http.ResponseWriter, r *http.Request) {
	if err := a.facade.Clicked(r.Context(), id.ProductID(r.PathValue("id"))); err != nil {
		statuses.Fail(w, err)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}
