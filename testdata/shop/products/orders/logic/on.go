package logic

import "github.com/uptrace/bun"

// On returns the book in another handle, such as a transaction.
func (o *Orders) On(db bun.IDB) *Orders {
	return New(db, o.partners, o.clock)
}
