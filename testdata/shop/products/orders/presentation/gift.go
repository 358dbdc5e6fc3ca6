package presentation

import (
	"example.com/shop/products/orders/facade/contracts"
	// planted-next: bad-ignore — there is no rule of this name
	//boundaries:ignore roles-violation the gift note is a string, what could go wrong
	"example.com/shop/products/orders/models" // planted: role-violation — presentation knows no models
)

// giftNote is the text on the parcel.
func giftNote(o contracts.Order, lines []models.Line) string {
	if len(lines) == 0 {
		return "An order of " + string(o.Account)
	}
	return "A gift: " + lines[0].Name
}

// hide takes the price away before a gift is shown.
func hide(o *contracts.Order) {
	total := &o.Total // planted: contract-write — the address of a field
	*total = total.Percent(0)
}

// hidden returns the order without its price.
func hidden(o contracts.Order) contracts.Order {
	o.Total = o.Total.Percent(0)
	return o
}
