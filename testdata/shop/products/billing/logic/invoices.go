// Package logic writes invoices and watches them being paid.
package logic

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"example.com/shop/core/clock"
	"example.com/shop/core/id"
	accounts "example.com/shop/products/accounts/facade/contracts"
	"example.com/shop/products/billing/facade/contracts"
	"example.com/shop/products/billing/models/billingdb"
)

// Accounts is what billing wants to know about accounts.
type Accounts interface {
	Get(context.Context, id.AccountID) (accounts.Account, error)
}

// Invoices is the book of invoices.
type Invoices struct {
	rows     billingdb.Querier
	accounts Accounts
	clock    clock.Clock
}

// NewInvoices returns the book over the given rows.
func NewInvoices(rows billingdb.Querier, a Accounts, clk clock.Clock) *Invoices {
	return &Invoices{rows, a, clk}
}

// Issue writes an invoice to an account that exists.
func (b *Invoices) Issue(ctx context.Context, d contracts.Demand) (billingdb.Invoice, error) {
	if d.Amount.Minor() <= 0 {
		return billingdb.Invoice{}, contracts.ErrBadAmount
	}
	if _, err := b.accounts.Get(ctx, d.Account); err != nil {
		return billingdb.Invoice{}, fmt.Errorf("invoice for %s: %w", d.Order, err)
	}
	return b.rows.CreateInvoice(ctx, billingdb.CreateInvoiceParams{
		ID:          string(id.NewInvoice()),
		OrderID:     string(d.Order),
		AccountID:   string(d.Account),
		AmountMinor: d.Amount.Minor(),
		Currency:    d.Amount.Currency().String(),
		DueAt:       stamp(b.clock.Now().AddDate(0, 0, contracts.PaymentDays)),
	})
}

// Get returns an invoice.
func (b *Invoices) Get(ctx context.Context, invoice id.InvoiceID) (billingdb.Invoice, error) {
	row, err := b.rows.GetInvoice(ctx, string(invoice))
	if errors.Is(err, pgx.ErrNoRows) {
		return row, contracts.ErrNotFound
	}
	return row, err
}

// MarkPaid records a payment, once.
func (b *Invoices) MarkPaid(ctx context.Context, invoice id.InvoiceID) error {
	n, err := b.rows.MarkPaid(ctx, billingdb.MarkPaidParams{ID: string(invoice), PaidAt: stamp(b.clock.Now())})
	if err != nil || n == 1 {
		return err
	}
	if _, err := b.Get(ctx, invoice); err != nil {
		return err
	}
	return contracts.ErrAlreadyPaid
}

// Overdue returns the open invoices that are due.
func (b *Invoices) Overdue(ctx context.Context) ([]billingdb.Invoice, error) {
	return b.rows.ListOverdue(ctx, stamp(b.clock.Now()))
}

func stamp(t time.Time) pgtype.Timestamptz {
	return pgtype.Timestamptz{Time: t, Valid: true}
}
