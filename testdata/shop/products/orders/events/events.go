// Package events is what happens to orders, for whoever listens to the bus.
package events

import (
	"example.com/shop/core/id"
	"example.com/shop/core/money"
)

// The topics.
const (
	TopicPlaced    = "orders.placed"
	TopicCancelled = "orders.cancelled"
)

// Placed says that somebody bought something.
type Placed struct {
	Order   id.OrderID
	Account id.AccountID
	Total   money.Money
}

// Topic implements bus.Event.
func (Placed) Topic() string { return TopicPlaced }

// Cancelled says that an order will not be delivered.
type Cancelled struct {
	Order   id.OrderID
	Account id.AccountID
	Reason  string
}

// Topic implements bus.Event.
func (Cancelled) Topic() string { return TopicCancelled }
