// Package facade is the door of notifications: what we wrote to whom.
package facade

import (
	"context"

	"github.com/jmoiron/sqlx"

	"example.com/shop/core/clock"
	"example.com/shop/core/id"
	"example.com/shop/platform/bus"
	"example.com/shop/platform/mail"
	accounts "example.com/shop/products/accounts/facade"
	"example.com/shop/products/notifications/backend/facade/contracts"
	"example.com/shop/products/notifications/backend/logic"
)

// Deps is what notifications needs from outside.
type Deps struct {
	DB       *sqlx.DB
	Accounts *accounts.Facade
	Mail     mail.Sender
	Clock    clock.Clock
}

// Facade knows what was sent.
type Facade struct {
	desk *logic.Desk
}

// New wires the product.
func New(d Deps) *Facade {
	return &Facade{logic.NewDesk(d.DB, d.Accounts, d.Mail, d.Clock)}
}

// Listen makes the product hear what happens to orders.
func (f *Facade) Listen(b *bus.Bus) {
	for topic, handle := range f.desk.Handlers() {
		b.Subscribe(topic, handle)
	}
}

// Sent returns the latest notices to an account.
func (f *Facade) Sent(ctx context.Context, account id.AccountID) ([]contracts.Notice, error) {
	rows, err := f.desk.Sent(ctx, account)
	out := make([]contracts.Notice, 0, len(rows))
	for _, n := range rows {
		out = append(out, toNotice(n))
	}
	return out, err
}

// Forget deletes what is older than a year.
func (f *Facade) Forget(ctx context.Context) error { return f.desk.Forget(ctx) }
