package logic

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"example.com/shop/core/clock"
	"example.com/shop/core/id"
	"example.com/shop/core/money"
	accounts "example.com/shop/products/accounts/facade/contracts"
	"example.com/shop/products/accounts/facade/facadetest"
	"example.com/shop/products/billing/facade/contracts"
	"example.com/shop/products/billing/models/billingdb"
)

// table is the invoices in memory.
type table map[string]billingdb.Invoice

func (t table) CreateInvoice(_ context.Context, p billingdb.CreateInvoiceParams) (billingdb.Invoice, error) {
	t[p.ID] = billingdb.Invoice{
		ID: p.ID, OrderID: p.OrderID, AccountID: p.AccountID, AmountMinor: p.AmountMinor,
		Currency: p.Currency, Status: billingdb.InvoiceStatusOpen, DueAt: p.DueAt,
	}
	return t[p.ID], nil
}

func (t table) GetInvoice(_ context.Context, id string) (billingdb.Invoice, error) {
	row, ok := t[id]
	if !ok {
		return row, pgx.ErrNoRows
	}
	return row, nil
}

func (t table) ListOverdue(context.Context, pgtype.Timestamptz) ([]billingdb.Invoice, error) {
	return nil, nil
}

func (t table) MarkPaid(_ context.Context, p billingdb.MarkPaidParams) (int64, error) {
	row, ok := t[p.ID]
	if !ok || row.Status != billingdb.InvoiceStatusOpen {
		return 0, nil
	}
	row.Status, row.PaidAt = billingdb.InvoiceStatusPaid, p.PaidAt
	t[p.ID] = row
	return 1, nil
}

func book() *Invoices {
	return NewInvoices(table{}, facadetest.New(facadetest.Ann()), clock.NewManual(time.Unix(0, 0)))
}

func TestIssueAndPay(t *testing.T) {
	ctx, b := context.Background(), book()
	row, err := b.Issue(ctx, contracts.Demand{Order: "ord_1", Account: "acc_ann", Amount: money.New(900, money.EUR)})
	if err != nil {
		t.Fatal(err)
	}
	if got := row.DueAt.Time.Sub(time.Unix(0, 0)); got != contracts.PaymentDays*24*time.Hour {
		t.Errorf("due in %v", got)
	}
	for _, want := range []error{nil, contracts.ErrAlreadyPaid} {
		if err := b.MarkPaid(ctx, id.InvoiceID(row.ID)); !errors.Is(err, want) {
			t.Errorf("MarkPaid = %v, want %v", err, want)
		}
	}
	if err := b.MarkPaid(ctx, "inv_none"); !errors.Is(err, contracts.ErrNotFound) {
		t.Errorf("unknown invoice: %v", err)
	}
}

func TestIssueRefuses(t *testing.T) {
	ctx, b := context.Background(), book()
	if _, err := b.Issue(ctx, contracts.Demand{Account: "acc_ann"}); !errors.Is(err, contracts.ErrBadAmount) {
		t.Errorf("no amount: %v", err)
	}
	d := contracts.Demand{Account: "acc_who", Amount: money.New(1, money.EUR)}
	if _, err := b.Issue(ctx, d); !errors.Is(err, accounts.ErrNotFound) {
		t.Errorf("unknown account: %v", err)
	}
}
