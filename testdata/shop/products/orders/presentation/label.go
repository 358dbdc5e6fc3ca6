package presentation

import (
	"net/http"

	"example.com/shop/core/id"
	"example.com/shop/platform/httpx"
	// planted-next: bad-ignore — no reason is given, so it ignores nothing
	//boundaries:ignore role-violation
	"example.com/shop/products/orders/logic" // planted: role-violation — presentation calls the facade
)

// Label handles GET /orders/{id}/label.
func (a *API) Label(w http.ResponseWriter, r *http.Request) {
	order, err := id.ParseOrder(r.PathValue("id"))
	if err != nil {
		statuses.Fail(w, err)
		return
	}
	httpx.JSON(w, http.StatusOK, map[string]string{"number": logic.Number(order)})
}
