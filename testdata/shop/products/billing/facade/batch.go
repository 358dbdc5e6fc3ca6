package facade

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"example.com/shop/core/id"
	"example.com/shop/products/billing/facade/contracts"
	"example.com/shop/products/billing/models/billingdb"
)

// InTx runs f in a transaction of billing.
func (f *Facade) InTx(ctx context.Context, do func(pgx.Tx) error) error { // planted: orm-leak — a callback is handed a transaction
	return pgx.BeginFunc(ctx, f.pool, do)
}

// Insert writes an invoice that was printed elsewhere.
func (f *Facade) Insert(ctx context.Context, p billingdb.CreateInvoiceParams) (contracts.Invoice, error) { // planted: orm-leak — parameters that sqlc generated
	row, err := billingdb.New(f.pool).CreateInvoice(ctx, p)
	if err != nil {
		return contracts.Invoice{}, err
	}
	return toInvoice(row), nil
}

// StatusOf returns where an invoice stands.
func (f *Facade) StatusOf(ctx context.Context, invoice id.InvoiceID) (billingdb.InvoiceStatus, error) { // planted: orm-leak — an enum that sqlc generated
	row, err := f.invoices.Get(ctx, invoice)
	return row.Status, err
}

// PaidAt returns when an invoice was paid.
func (f *Facade) PaidAt(ctx context.Context, invoice id.InvoiceID) (pgtype.Timestamptz, error) { // planted: orm-value-leak — a database value
	row, err := f.invoices.Get(ctx, invoice)
	return row.PaidAt, err
}

// PayAll marks invoices as paid. The transaction stays inside: the callback is
// our own, and nobody outside sees it.
func (f *Facade) PayAll(ctx context.Context, invoices ...id.InvoiceID) error {
	return pgx.BeginFunc(ctx, f.pool, func(pgx.Tx) error {
		var errs []error
		for _, invoice := range invoices {
			errs = append(errs, f.MarkPaid(ctx, invoice))
		}
		return errors.Join(errs...)
	})
}
