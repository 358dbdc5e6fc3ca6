// Package contracts is what catalog tells the rest of the shop.
package contracts

import (
	"errors"

	"example.com/shop/core/id"
	"example.com/shop/core/money"
	"example.com/shop/core/optional"
)

// Errors of the facade.
var (
	ErrNotFound   = errors.New("no such product")
	ErrOutOfStock = errors.New("not enough in stock")
	ErrSKUTaken   = errors.New("this SKU exists already")
)

// Product is something that can be bought.
type Product struct {
	ID       id.ProductID            `json:"id"`
	SKU      string                  `json:"sku"`
	Name     string                  `json:"name"`
	Category optional.Option[string] `json:"-"`
	Price    money.Money             `json:"price"`
	Stock    int                     `json:"stock"`
}

// Available reports whether n pieces can be bought now.
func (p Product) Available(n int) bool { return p.Stock >= n }

// WithPrice returns the product at another price.
func (p Product) WithPrice(price money.Money) Product {
	p.Price = price
	return p
}

// Draft is a product to be.
type Draft struct {
	SKU   string      `json:"sku"`
	Name  string      `json:"name"`
	Price money.Money `json:"price"`
	Stock int         `json:"stock"`
}

// Filter selects products. Empty fields select everything.
type Filter struct {
	Category      string
	Text          string
	OnlyAvailable bool
}
