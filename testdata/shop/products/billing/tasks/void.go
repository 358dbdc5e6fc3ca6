package tasks

import (
	"example.com/shop/products/billing/facade/contracts"
	"example.com/shop/products/billing/models/billingdb" // planted: role-violation — tasks go through the facade
)

// voidable reports whether an old invoice can be thrown away.
func voidable(i contracts.Invoice) bool {
	return string(i.Status) != string(billingdb.InvoiceStatusPaid)
}
