package facade

import (
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgtype"

	"example.com/shop/core/money"
	"example.com/shop/products/billing/facade/contracts"
	"example.com/shop/products/billing/models/billingdb"
)

func TestToInvoice(t *testing.T) {
	paid := time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC)
	got := toInvoice(billingdb.Invoice{
		ID: "inv_1", AmountMinor: 1800, Currency: "EUR", Status: billingdb.InvoiceStatusPaid,
		PaidAt: pgtype.Timestamptz{Time: paid, Valid: true},
	})
	if got.Amount != money.New(1800, money.EUR) || got.Status != contracts.Paid {
		t.Errorf("toInvoice = %+v", got)
	}
	if at, ok := got.PaidAt.Get(); !ok || !at.Equal(paid) {
		t.Errorf("paid at %v, %v", at, ok)
	}
}
