// Package facade is the door of billing: who owes what.
package facade

import (
	"context"

	"github.com/jackc/pgx/v5/pgxpool"

	"example.com/shop/core/clock"
	"example.com/shop/core/id"
	accounts "example.com/shop/products/accounts/facade"
	"example.com/shop/products/billing/facade/contracts"
	"example.com/shop/products/billing/logic"
	"example.com/shop/products/billing/models/billingdb"
)

// Deps is what billing needs from outside.
type Deps struct {
	Pool     *pgxpool.Pool
	Clock    clock.Clock
	Accounts *accounts.Facade
}

// Facade answers questions about invoices.
type Facade struct {
	invoices *logic.Invoices
	pool     *pgxpool.Pool
}

// New wires the product.
func New(d Deps) *Facade {
	return &Facade{logic.NewInvoices(billingdb.New(d.Pool), d.Accounts, d.Clock), d.Pool}
}

// Issue writes an invoice.
func (f *Facade) Issue(ctx context.Context, d contracts.Demand) (contracts.Invoice, error) {
	row, err := f.invoices.Issue(ctx, d)
	if err != nil {
		return contracts.Invoice{}, err
	}
	return toInvoice(row), nil
}

// Get returns an invoice.
func (f *Facade) Get(ctx context.Context, invoice id.InvoiceID) (contracts.Invoice, error) {
	row, err := f.invoices.Get(ctx, invoice)
	if err != nil {
		return contracts.Invoice{}, err
	}
	return toInvoice(row), nil
}

// MarkPaid records that the money has come in.
func (f *Facade) MarkPaid(ctx context.Context, invoice id.InvoiceID) error {
	return f.invoices.MarkPaid(ctx, invoice)
}

// Overdue returns the invoices that should have been paid by now.
func (f *Facade) Overdue(ctx context.Context) ([]contracts.Invoice, error) {
	rows, err := f.invoices.Overdue(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]contracts.Invoice, 0, len(rows))
	for _, row := range rows {
		out = append(out, toInvoice(row))
	}
	return out, nil
}
