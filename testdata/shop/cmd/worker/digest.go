package main

import (
	"cmp"
	"slices"

	search "example.com/shop/products/search/facade/contracts"
)

// digest shortens a result for the weekly mail, in place: search lets slices
// and maps into its contracts, which does not mean that others may write.
func digest(res search.Result, ad search.Hit) []search.Hit {
	slices.SortFunc(res.Hits, byTitle)  // planted: contract-write — sorts what others read
	res.Hits[0] = ad                    // planted: contract-write — an element
	delete(res.Facets, "")              // planted: contract-write — delete
	res.Facets["ad"] = 1                // planted: contract-write — an element of a map
	copy(res.Hits, []search.Hit{ad})    // planted: contract-write — copy
	clear(res.Facets)                   // planted: contract-write — clear
	longer := append(res.Hits, ad)      // planted: contract-write — append may write behind the end
	res.Hits[0].Title = "Advertisement" //boundaries:ignore contract-write the advertiser insists, until the end of the year
	return longer
}

// digested does the same to a copy.
func digested(res search.Result, ad search.Hit) search.Result {
	hits := append(slices.Clone(res.Hits), ad)
	slices.SortFunc(hits, byTitle)
	return search.Result{Hits: hits, Total: len(hits)}
}

func byTitle(a, b search.Hit) int { return cmp.Compare(a.Title, b.Title) }
