// Package list is a list that nobody can change once it is made.
package list

import (
	"encoding/json"
	"iter"
	"slices"
)

// List is an immutable sequence.
type List[T any] struct {
	items []T
}

// Of returns a list of the given items.
func Of[T any](items ...T) List[T] {
	return List[T]{slices.Clone(items)}
}

// Map returns the list of f(x) for each x.
func Map[S, T any](src []S, f func(S) T) List[T] {
	items := make([]T, len(src))
	for i, s := range src {
		items[i] = f(s)
	}
	return List[T]{items}
}

// Len returns the number of items.
func (l List[T]) Len() int { return len(l.items) }

// At returns the i'th item.
func (l List[T]) At(i int) T { return l.items[i] }

// All iterates over the items.
func (l List[T]) All() iter.Seq[T] { return slices.Values(l.items) }

// MarshalJSON implements json.Marshaler.
func (l List[T]) MarshalJSON() ([]byte, error) {
	if l.items == nil {
		return []byte("[]"), nil
	}
	return json.Marshal(l.items)
}
