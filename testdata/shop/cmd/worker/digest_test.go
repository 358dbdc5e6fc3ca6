package main

import (
	"testing"

	search "example.com/shop/products/search/facade/contracts"
)

func TestDigest(t *testing.T) {
	ad := search.Hit{Title: "A"}
	res := search.Result{Hits: []search.Hit{{Title: "Z"}, {Title: "M"}}, Facets: map[string]int{"Tools": 2}}
	got := digested(res, ad)
	if got.Total != 3 || got.Hits[0] != ad || res.Hits[0].Title != "Z" {
		t.Errorf("digested = %+v from %+v", got, res)
	}
	if longer := digest(res, ad); len(longer) != 3 || len(res.Facets) != 0 {
		t.Errorf("digest = %+v, %+v", longer, res)
	}
}
