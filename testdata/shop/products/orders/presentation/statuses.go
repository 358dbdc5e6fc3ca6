package presentation

import (
	"net/http"

	"example.com/shop/core/id"
	"example.com/shop/platform/httpx"
	catalog "example.com/shop/products/catalog/facade/contracts"
	//boundaries:ignore deprecated-dependency a wrong code is the customer's mistake as long as there are codes, SHOP-412
	coupons "example.com/shop/products/coupons/facade/contracts"
	"example.com/shop/products/orders/facade/contracts"
)

var statuses = httpx.Statuses{
	id.ErrMalformed:       http.StatusBadRequest,
	contracts.ErrEmpty:    http.StatusBadRequest,
	contracts.ErrNotFound: http.StatusNotFound,
	contracts.ErrTooLate:  http.StatusConflict,
	catalog.ErrNotFound:   http.StatusBadRequest,
	catalog.ErrOutOfStock: http.StatusConflict,
	coupons.ErrUnknown:    http.StatusBadRequest,
}
