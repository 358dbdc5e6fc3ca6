// Package presentation speaks HTTP for billing.
package presentation

import (
	"net/http"

	"example.com/shop/core/id"
	"example.com/shop/platform/httpx"
	"example.com/shop/products/billing/facade"
	"example.com/shop/products/billing/facade/contracts"
)

var statuses = httpx.Statuses{
	contracts.ErrNotFound:    http.StatusNotFound,
	contracts.ErrAlreadyPaid: http.StatusConflict,
}

// API is the HTTP face of the product.
type API struct {
	facade *facade.Facade
}

// New returns the API over f.
func New(f *facade.Facade) *API { return &API{f} }

// Get handles GET /invoices/{id}.
func (a *API) Get(w http.ResponseWriter, r *http.Request) {
	invoice, err := a.facade.Get(r.Context(), id.InvoiceID(r.PathValue("id")))
	if err != nil {
		statuses.Fail(w, err)
		return
	}
	httpx.JSON(w, http.StatusOK, invoice)
}
