package facade

import (
	"time"

	"example.com/shop/core/id"
	"example.com/shop/core/money"
	"example.com/shop/core/optional"
	"example.com/shop/products/billing/facade/contracts"
	"example.com/shop/products/billing/models/billingdb"
)

func toInvoice(row billingdb.Invoice) contracts.Invoice {
	// What is in the table was checked on its way in.
	currency, _ := money.ParseCurrency(row.Currency)
	paid := optional.None[time.Time]()
	if row.PaidAt.Valid {
		paid = optional.Some(row.PaidAt.Time)
	}
	return contracts.Invoice{
		ID:      id.InvoiceID(row.ID),
		Order:   id.OrderID(row.OrderID),
		Account: id.AccountID(row.AccountID),
		Amount:  money.New(row.AmountMinor, currency),
		Status:  contracts.Status(row.Status),
		DueAt:   row.DueAt.Time,
		PaidAt:  paid,
	}
}
