package facade

import (
	"context"

	"example.com/shop/core/id"
	"example.com/shop/products/accounts/facade/contracts"
	"example.com/shop/products/accounts/models/ent"
	"example.com/shop/products/accounts/models/ent/account"
	"example.com/shop/products/accounts/models/ent/predicate"
)

// Hooks is called when accounts change.
type Hooks struct {
	Name     string
	OnCreate ent.Hook // planted: orm-leak — a field with a type that ent generated
}

// Client returns the ent client.
func (f *Facade) Client() *ent.Client { // planted: orm-leak — a handle
	return f.accounts.Client()
}

// Query starts a query.
func (f *Facade) Query() *ent.AccountQuery { // planted: orm-leak — a query builder
	return f.accounts.Client().Account.Query()
}

// Find returns the accounts that match.
func (f *Facade) Find(ctx context.Context, where ...predicate.Account) ([]contracts.Account, error) { // planted: orm-leak — generated predicates as parameters
	rows, err := f.accounts.Client().Account.Query().Where(where...).All(ctx)
	out := make([]contracts.Account, 0, len(rows))
	for _, a := range rows {
		out = append(out, toAccount(a))
	}
	return out, err
}

// RoleOf returns what an account may do.
func (f *Facade) RoleOf(ctx context.Context, who id.AccountID) (account.Role, error) { // planted: orm-leak — an enum that ent generated
	a, err := f.accounts.Get(ctx, who)
	if err != nil {
		return "", err
	}
	return a.Role, nil
}
