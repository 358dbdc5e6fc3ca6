// Package optional is a value that may be missing. Unlike a pointer it can be
// compared, and nobody can write through it.
package optional

// Option holds a T or nothing.
type Option[T comparable] struct {
	value T
	ok    bool
}

// Some returns an option that holds v.
func Some[T comparable](v T) Option[T] { return Option[T]{v, true} }

// None returns an option that holds nothing.
func None[T comparable]() Option[T] { return Option[T]{} }

// Get returns the value, and whether there is one.
func (o Option[T]) Get() (T, bool) { return o.value, o.ok }

// Or returns the value, or def if there is none.
func (o Option[T]) Or(def T) T {
	if o.ok {
		return o.value
	}
	return def
}
