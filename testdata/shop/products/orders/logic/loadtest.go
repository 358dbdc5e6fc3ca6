//go:build loadtest

package logic

import (
	"example.com/shop/core/id"
	catalogmodels "example.com/shop/products/catalog/models" // planted: private-import — seen although no build of today has the tag
	"example.com/shop/products/orders/facade/contracts"
)

// ItemsOf buys every product once, to see how much the shop can bear.
func ItemsOf(rows []catalogmodels.Product) []contracts.Item {
	items := make([]contracts.Item, 0, len(rows))
	for _, p := range rows {
		items = append(items, contracts.Item{Product: id.ProductID(p.ID), Quantity: 1})
	}
	return items
}
