package presentation

import (
	"net/http"

	"example.com/shop/core/page"
	"example.com/shop/platform/httpx"
	"example.com/shop/products/catalog/facade/contracts"
)

// view is a product as the web sees it.
type view struct {
	contracts.Product
	Category string `json:"category,omitempty"`
}

func toView(p contracts.Product) view {
	return view{p, p.Category.Or("")}
}

// List handles GET /products.
func (a *API) List(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	by := contracts.Filter{
		Category:      q.Get("category"),
		Text:          q.Get("q"),
		OnlyAvailable: q.Has("available"),
	}
	found, err := a.facade.List(r.Context(), by, httpx.Page(r))
	if err != nil {
		statuses.Fail(w, err)
		return
	}
	views := make([]view, 0, len(found.Items))
	for _, p := range found.Items {
		views = append(views, toView(p))
	}
	httpx.JSON(w, http.StatusOK, page.Page[view]{Items: views, Next: found.Next})
}
