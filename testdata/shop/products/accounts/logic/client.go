package logic

import "example.com/shop/products/accounts/models/ent"

// Client returns the client below the book.
func (a *Accounts) Client() *ent.Client { return a.client }
