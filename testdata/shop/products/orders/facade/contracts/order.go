// Package contracts is what orders tells the rest of the shop.
package contracts

import (
	"errors"
	"time"

	"example.com/shop/core/id"
	"example.com/shop/core/list"
	"example.com/shop/core/money"
	"example.com/shop/core/optional"
)

// Errors of the facade.
var (
	ErrNotFound = errors.New("no such order")
	ErrEmpty    = errors.New("the cart is empty")
	ErrTooLate  = errors.New("the order cannot be changed any more")
)

// Status is where an order stands.
type Status string

// The statuses.
const (
	Placed    Status = "placed"
	Shipped   Status = "shipped"
	Cancelled Status = "cancelled"
)

// Final reports whether nothing can happen to the order any more.
func (s Status) Final() bool { return s == Shipped || s == Cancelled }

// Order is a purchase.
type Order struct {
	ID       id.OrderID      `json:"id"`
	Account  id.AccountID    `json:"account"`
	Lines    list.List[Line] `json:"lines"`
	Total    money.Money     `json:"total"`
	Status   Status          `json:"status"`
	PlacedAt time.Time       `json:"placedAt"`
}

// Line is one product of an order, at the price of that day.
type Line struct {
	Product  id.ProductID `json:"product"`
	Name     string       `json:"name"`
	Quantity int          `json:"quantity"`
	Price    money.Money  `json:"price"`
}

// Cart is a purchase to be.
type Cart struct {
	Account id.AccountID
	Items   list.List[Item]
	Coupon  optional.Option[string]
}

// Item is one product of a cart.
type Item struct {
	Product  id.ProductID `json:"product"`
	Quantity int          `json:"quantity"`
}
