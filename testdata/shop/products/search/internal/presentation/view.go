package presentation

import (
	"example.com/shop/products/catalog/routes" // planted: private-import — routes are for those who mount them, not for other products
	"example.com/shop/products/search/facade/contracts"
)

type view struct {
	Title string `json:"title"`
	Link  string `json:"link"`
}

func toView(r contracts.Result) []view {
	out := make([]view, 0, len(r.Hits))
	for _, h := range r.Hits {
		out = append(out, view{h.Title, routes.Prefix + "/" + string(h.Product)})
	}
	return out
}
