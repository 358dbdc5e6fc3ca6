// Package contracts is what search tells the rest of the shop.
package contracts

import (
	"errors"

	"example.com/shop/core/id"
)

// ErrEmptyQuery says that there is nothing to look for.
var ErrEmptyQuery = errors.New("empty query")

// Query asks for products.
type Query struct {
	Text  string
	Limit int
}

// Result is what was found. Facets counts the hits of each category.
type Result struct {
	Hits   []Hit          `json:"hits"`
	Facets map[string]int `json:"facets"`
	Total  int            `json:"total"`
}

// Hit is one product that was found.
type Hit struct {
	Product id.ProductID `json:"product"`
	Title   string       `json:"title"`
}

// Trend says how often people clicked on a product lately.
type Trend struct {
	Product id.ProductID `json:"product"`
	Clicks  int          `json:"clicks"`
}
