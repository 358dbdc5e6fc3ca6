package presentation

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"example.com/shop/products/orders/facade"
)

func TestPlaceEmptyCart(t *testing.T) {
	api := New(facade.New(facade.Deps{}))
	w := httptest.NewRecorder()
	api.Place(w, httptest.NewRequest("POST", "/orders", strings.NewReader(`{"account":"acc_ann","items":[]}`)))
	if w.Code != http.StatusBadRequest {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

func TestFormCart(t *testing.T) {
	if c := (form{Coupon: "HALF"}).cart(); c.Coupon.Or("") != "HALF" || c.Items.Len() != 0 {
		t.Errorf("cart = %+v", c)
	}
}
