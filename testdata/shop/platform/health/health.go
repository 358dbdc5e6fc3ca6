// Package health says whether the process can serve.
package health

import (
	"net/http"

	search "example.com/shop/products/search/facade" // planted: layer-violation — platform lies below the products
)

// Handler answers 200 if the index can be asked.
func Handler(s *search.Facade) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if _, err := s.Trends(r.Context(), 1); err != nil {
			http.Error(w, "search is down", http.StatusServiceUnavailable)
		}
	}
}
