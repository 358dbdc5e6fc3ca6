// Package presentation speaks HTTP for accounts.
package presentation

import (
	"net/http"

	"example.com/shop/platform/httpx"
	"example.com/shop/products/accounts/facade"
	"example.com/shop/products/accounts/facade/contracts"
)

var statuses = httpx.Statuses{
	contracts.ErrNotFound:    http.StatusNotFound,
	contracts.ErrEmailTaken:  http.StatusConflict,
	contracts.ErrCredentials: http.StatusUnauthorized,
}

// API is the HTTP face of the product.
type API struct {
	facade *facade.Facade
}

// New returns the API over f.
func New(f *facade.Facade) *API { return &API{f} }

// Register handles POST /accounts.
func (a *API) Register(w http.ResponseWriter, r *http.Request) {
	in, err := httpx.Decode[contracts.Registration](r)
	if err != nil {
		httpx.Problem(w, http.StatusBadRequest, err.Error())
		return
	}
	account, err := a.facade.Register(r.Context(), in)
	if err != nil {
		statuses.Fail(w, err)
		return
	}
	httpx.JSON(w, http.StatusCreated, account)
}

type credentials struct {
	Email    string `json:"email"`
	Password string `json:"password"`
}

// SignIn handles POST /sessions.
func (a *API) SignIn(w http.ResponseWriter, r *http.Request) {
	in, err := httpx.Decode[credentials](r)
	if err != nil {
		httpx.Problem(w, http.StatusBadRequest, err.Error())
		return
	}
	token, err := a.facade.SignIn(r.Context(), in.Email, in.Password)
	if err != nil {
		statuses.Fail(w, err)
		return
	}
	httpx.JSON(w, http.StatusCreated, map[string]string{"token": string(token)})
}
