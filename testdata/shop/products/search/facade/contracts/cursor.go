package contracts

import (
	"slices"

	"example.com/shop/core/id"
)

// Cursor is a place in a long result.
type Cursor struct {
	seen   []id.ProductID
	Before *Hit                            // fine: readonly lets a pointer to a contract be
	Groups map[string][]Hit                // fine: so it does with maps of slices
	Next   func(id.ProductID) id.ProductID // planted: mutable-contract — not even readonly lets a func be
}

// NewCursor returns a cursor behind what was seen.
func NewCursor(seen ...id.ProductID) Cursor {
	return Cursor{seen: slices.Clone(seen)}
}

// Seen returns what was seen.
func (c Cursor) Seen() []id.ProductID { return c.seen } // planted: mutable-contract — hands out the slice inside

// SeenCopy returns a copy of what was seen.
func (c Cursor) SeenCopy() []id.ProductID { return slices.Clone(c.seen) }
