package logic

import (
	"strings"

	"example.com/shop/core/crockford" // planted: private-import — core does not list crockford among its interfaces
	"example.com/shop/core/id"
)

// Number is how an order is spelled on paper.
func Number(order id.OrderID) string {
	_, n, _ := strings.Cut(string(order), "_")
	if !crockford.Valid(n) {
		return string(order)
	}
	return strings.ToUpper(n)
}
