// Package logic writes to customers.
package logic

import (
	"context"

	"github.com/jmoiron/sqlx"

	"example.com/shop/core/clock"
	"example.com/shop/core/id"
	"example.com/shop/platform/mail"
	accounts "example.com/shop/products/accounts/facade/contracts"
	"example.com/shop/products/notifications/backend/facade/contracts"
	"example.com/shop/products/notifications/backend/models"
)

// Accounts is what notifications wants to know about accounts.
type Accounts interface {
	Get(context.Context, id.AccountID) (accounts.Account, error)
}

// Desk writes mail and keeps a copy.
type Desk struct {
	db       *sqlx.DB
	accounts Accounts
	mail     mail.Sender
	clock    clock.Clock
}

// NewDesk returns a desk.
func NewDesk(db *sqlx.DB, a Accounts, m mail.Sender, clk clock.Clock) *Desk {
	return &Desk{db, a, m, clk}
}

const insert = `INSERT INTO notices (account_id, kind, subject, sent_at) VALUES (:account_id, :kind, :subject, :sent_at)`

// write sends a mail of some kind to an account.
func (d *Desk) write(ctx context.Context, to id.AccountID, kind contracts.Kind, data any) error {
	account, err := d.accounts.Get(ctx, to)
	if err != nil {
		return err
	}
	subject, body, err := render(kind, account, data)
	if err != nil {
		return err
	}
	if err := d.mail.Send(ctx, mail.Mail{To: account.Email, Subject: subject, Body: body}); err != nil {
		return err
	}
	_, err = d.db.NamedExecContext(ctx, insert, models.Notice{
		AccountID: string(to), Kind: string(kind), Subject: subject, SentAt: d.clock.Now(),
	})
	return err
}

// Sent returns the latest notices to an account.
func (d *Desk) Sent(ctx context.Context, account id.AccountID) ([]models.Notice, error) {
	var rows []models.Notice
	err := d.db.SelectContext(ctx, &rows,
		`SELECT * FROM notices WHERE account_id = $1 ORDER BY sent_at DESC LIMIT 50`, string(account))
	return rows, err
}

// Forget deletes what is older than a year.
func (d *Desk) Forget(ctx context.Context) error {
	_, err := d.db.ExecContext(ctx, `DELETE FROM notices WHERE sent_at < $1`, d.clock.Now().AddDate(-1, 0, 0))
	return err
}
