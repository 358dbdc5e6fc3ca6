// Package facadetest stands in for accounts in the tests of other products.
package facadetest

import (
	"context"

	"example.com/shop/core/id"
	"example.com/shop/products/accounts/facade/contracts"
)

// Fake knows the accounts that it was given.
type Fake struct {
	known map[id.AccountID]contracts.Account
}

// New returns a fake that knows the given accounts.
func New(accounts ...contracts.Account) *Fake {
	f := &Fake{known: map[id.AccountID]contracts.Account{}}
	for _, a := range accounts {
		f.known[a.ID] = a
	}
	return f
}

// Get is like Facade.Get.
func (f *Fake) Get(_ context.Context, account id.AccountID) (contracts.Account, error) {
	a, ok := f.known[account]
	if !ok {
		return contracts.Account{}, contracts.ErrNotFound
	}
	return a, nil
}

// Ann is a customer, for tests that need any.
func Ann() contracts.Account {
	return contracts.Account{ID: "acc_ann", Email: "ann@example.com", Name: "Ann", Role: contracts.Customer}
}
