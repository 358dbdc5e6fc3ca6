// Package presentation speaks HTTP for catalog.
package presentation

import (
	"net/http"

	"example.com/shop/core/id"
	"example.com/shop/platform/httpx"
	"example.com/shop/products/catalog/facade"
	"example.com/shop/products/catalog/facade/contracts"
)

var statuses = httpx.Statuses{
	id.ErrMalformed:         http.StatusBadRequest,
	contracts.ErrNotFound:   http.StatusNotFound,
	contracts.ErrOutOfStock: http.StatusConflict,
	contracts.ErrSKUTaken:   http.StatusConflict,
}

// API is the HTTP face of the product.
type API struct {
	facade *facade.Facade
}

// New returns the API over f.
func New(f *facade.Facade) *API { return &API{f} }

// Get handles GET /products/{id}.
func (a *API) Get(w http.ResponseWriter, r *http.Request) {
	product, err := id.ParseProduct(r.PathValue("id"))
	if err != nil {
		statuses.Fail(w, err)
		return
	}
	p, err := a.facade.Get(r.Context(), product)
	if err != nil {
		statuses.Fail(w, err)
		return
	}
	httpx.JSON(w, http.StatusOK, toView(p))
}

// Add handles POST /products.
func (a *API) Add(w http.ResponseWriter, r *http.Request) {
	draft, err := httpx.Decode[contracts.Draft](r)
	if err != nil {
		httpx.Problem(w, http.StatusBadRequest, err.Error())
		return
	}
	p, err := a.facade.Add(r.Context(), draft)
	if err != nil {
		statuses.Fail(w, err)
		return
	}
	httpx.JSON(w, http.StatusCreated, toView(p))
}
