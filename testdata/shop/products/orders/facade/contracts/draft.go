package contracts

import (
	"encoding/json"

	"example.com/shop/core/id"
	"example.com/shop/core/page"
)

// DefaultDraft is what a new draft looks like.
var DefaultDraft = Draft{Title: "My list"} // planted: mutable-contract — everybody can write to it

// Draft is a cart that is kept for later.
type Draft struct {
	Account id.AccountID
	Title   string
	Tags    []string           // planted: mutable-contract — a slice
	Notes   map[string]string  // planted: mutable-contract — a map
	Origin  *Order             // planted: mutable-contract — a pointer
	Extra   any                // planted: mutable-contract — an interface can hold anything
	Changed func(id.ProductID) // planted: mutable-contract — a func
	Raw     json.RawMessage    // planted: mutable-contract — a slice by another name
	Shown   page.Page[Item]    // planted: mutable-contract — a struct with a slice inside
	Recent  [3]id.ProductID    // fine: an array is copied
	Cart    Cart               // fine: a contract, judged where it is declared
}

// SetTitle gives the draft another title.
func (d *Draft) SetTitle(title string) { d.Title = title } // planted: mutable-contract, contract-write — a setter, and the write in it

// WithTitle returns the draft with another title.
func (d Draft) WithTitle(title string) Draft {
	d.Title = title
	return d
}
