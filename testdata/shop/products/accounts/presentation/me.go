package presentation

import (
	"net/http"
	"strings"

	"example.com/shop/platform/httpx"
)

// Me handles GET /me.
func (a *API) Me(w http.ResponseWriter, r *http.Request) {
	token, _ := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	who, err := a.facade.Who(token)
	if err != nil {
		httpx.Problem(w, http.StatusUnauthorized, "sign in first")
		return
	}
	account, err := a.facade.Get(r.Context(), who)
	if err != nil {
		statuses.Fail(w, err)
		return
	}
	httpx.JSON(w, http.StatusOK, account)
}
