package logic

import (
	"example.com/shop/core/money"
	billing "example.com/shop/products/billing/facade/contracts" // planted: forbidden-dependency — catalog cannot_depend_on billing
)

// Gross returns a price with the standard tax, as a label shows it.
func Gross(net money.Money) (money.Money, error) {
	return net.Add(net.Percent(billing.StandardTaxPercent))
}
