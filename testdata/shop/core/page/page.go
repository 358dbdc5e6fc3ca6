// Package page cuts long answers into pages.
package page

// DefaultLimit is the size of a page for a caller who does not say.
const DefaultLimit = 50

// MaxLimit is the size of the largest page.
const MaxLimit = 200

// Request asks for a page.
type Request struct {
	Limit  int
	Offset int
}

// Clamp returns r with sensible numbers.
func (r Request) Clamp() Request {
	limit := r.Limit
	if limit <= 0 {
		limit = DefaultLimit
	}
	return Request{Limit: min(limit, MaxLimit), Offset: max(r.Offset, 0)}
}

// Page is one page of an answer.
type Page[T any] struct {
	Items []T `json:"items"`
	Next  int `json:"next,omitempty"`
}

// Of returns the page that items are, as the answer to r.
func Of[T any](items []T, r Request) Page[T] {
	next := 0
	if len(items) == r.Limit {
		next = r.Offset + r.Limit
	}
	return Page[T]{Items: items, Next: next}
}
