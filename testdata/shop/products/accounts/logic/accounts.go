// Package logic keeps the accounts.
package logic

import (
	"context"

	"example.com/shop/core/clock"
	"example.com/shop/core/id"
	"example.com/shop/products/accounts/facade/contracts"
	"example.com/shop/products/accounts/models/ent"
	"example.com/shop/products/accounts/models/ent/account"
)

// Accounts is the book of accounts.
type Accounts struct {
	client *ent.Client
	clock  clock.Clock
	pepper string
}

// New returns the book that lies behind client.
func New(client *ent.Client, clk clock.Clock, pepper string) *Accounts {
	return &Accounts{client, clk, pepper}
}

// Register adds an account.
func (a *Accounts) Register(ctx context.Context, r contracts.Registration) (*ent.Account, error) {
	hash, err := hashPassword(r.Password, a.pepper)
	if err != nil {
		return nil, err
	}
	row, err := a.client.Account.Create().
		SetID(string(id.NewAccount())).
		SetEmail(r.Email).
		SetName(r.Name).
		SetRole(account.RoleCustomer).
		SetPasswordHash(hash).
		SetCreatedAt(a.clock.Now()).
		Save(ctx)
	if ent.IsConstraintError(err) {
		return nil, contracts.ErrEmailTaken
	}
	return row, err
}

// Get returns the account with an id.
func (a *Accounts) Get(ctx context.Context, account id.AccountID) (*ent.Account, error) {
	row, err := a.client.Account.Get(ctx, string(account))
	if ent.IsNotFound(err) {
		return nil, contracts.ErrNotFound
	}
	return row, err
}

// Authenticate returns the account that email and password belong to.
func (a *Accounts) Authenticate(ctx context.Context, email, password string) (*ent.Account, error) {
	row, err := a.client.Account.Query().Where(account.Email(email)).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, contracts.ErrCredentials
	}
	if err != nil {
		return nil, err
	}
	if !checkPassword(row.PasswordHash, password, a.pepper) {
		return nil, contracts.ErrCredentials
	}
	return row, nil
}
