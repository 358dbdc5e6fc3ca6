//boundaries:file-ignore contract-write the import from the old shop owns its invoices alone and is deleted with it, SHOP-377

package logic

import (
	billing "example.com/shop/products/billing/facade/contracts"
)

// settle marks an invoice of the old shop as paid.
func settle(i *billing.Invoice) {
	i.Status = billing.Paid
}

var _ = settle
