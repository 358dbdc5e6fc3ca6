// Package facade is the door of accounts: who is there, and who is it.
package facade

import (
	"context"
	"database/sql"

	"entgo.io/ent/dialect"
	entsql "entgo.io/ent/dialect/sql"

	"example.com/shop/core/clock"
	"example.com/shop/core/id"
	"example.com/shop/platform/vault"
	"example.com/shop/products/accounts/facade/contracts"
	"example.com/shop/products/accounts/logic"
	"example.com/shop/products/accounts/models/ent"
	"example.com/shop/products/accounts/session"
)

// Deps is what accounts needs from outside.
type Deps struct {
	DB    *sql.DB
	Clock clock.Clock
	Vault *vault.Vault
}

// Facade answers questions about accounts.
type Facade struct {
	accounts *logic.Accounts
	sessions *session.Issuer
}

// New wires the product on a database connection.
func New(d Deps) (*Facade, error) {
	pepper, err := d.Vault.Secret("pepper")
	if err != nil {
		return nil, err
	}
	client := ent.NewClient(ent.Driver(entsql.OpenDB(dialect.Postgres, d.DB)))
	return NewFromClient(client, d.Clock, pepper), nil
}

// NewFromClient wires the product on an ent client, with hooks perhaps.
func NewFromClient(client *ent.Client, clk clock.Clock, pepper string) *Facade {
	return &Facade{
		accounts: logic.New(client, clk, pepper),
		sessions: session.NewIssuer(clk, pepper),
	}
}

// Register opens an account.
func (f *Facade) Register(ctx context.Context, r contracts.Registration) (contracts.Account, error) {
	a, err := f.accounts.Register(ctx, r)
	if err != nil {
		return contracts.Account{}, err
	}
	return toAccount(a), nil
}

// Get returns an account.
func (f *Facade) Get(ctx context.Context, account id.AccountID) (contracts.Account, error) {
	a, err := f.accounts.Get(ctx, account)
	if err != nil {
		return contracts.Account{}, err
	}
	return toAccount(a), nil
}
