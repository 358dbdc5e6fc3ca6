// Package presentation speaks HTTP for orders.
package presentation

import (
	"net/http"

	"example.com/shop/core/id"
	"example.com/shop/core/list"
	"example.com/shop/core/optional"
	"example.com/shop/platform/httpx"
	"example.com/shop/products/orders/facade"
	"example.com/shop/products/orders/facade/contracts"
)

// API is the HTTP face of the product.
type API struct {
	facade *facade.Facade
}

// New returns the API over f.
func New(f *facade.Facade) *API { return &API{f} }

type form struct {
	Account id.AccountID     `json:"account"`
	Items   []contracts.Item `json:"items"`
	Coupon  string           `json:"coupon"`
}

func (f form) cart() contracts.Cart {
	coupon := optional.None[string]()
	if f.Coupon != "" {
		coupon = optional.Some(f.Coupon)
	}
	return contracts.Cart{Account: f.Account, Items: list.Of(f.Items...), Coupon: coupon}
}

// Place handles POST /orders.
func (a *API) Place(w http.ResponseWriter, r *http.Request) {
	in, err := httpx.Decode[form](r)
	if err != nil {
		httpx.Problem(w, http.StatusBadRequest, err.Error())
		return
	}
	order, err := a.facade.Place(r.Context(), in.cart())
	if err != nil {
		statuses.Fail(w, err)
		return
	}
	httpx.JSON(w, http.StatusCreated, order)
}

// Get handles GET /orders/{id}.
func (a *API) Get(w http.ResponseWriter, r *http.Request) {
	order, err := id.ParseOrder(r.PathValue("id"))
	if err != nil {
		statuses.Fail(w, err)
		return
	}
	o, err := a.facade.Get(r.Context(), order)
	if err != nil {
		statuses.Fail(w, err)
		return
	}
	httpx.JSON(w, http.StatusOK, o)
}
