// Package contracts is what notifications tells the rest of the shop.
package contracts

import (
	"time"

	"example.com/shop/core/id"
)

// Kind is what a notice is about.
type Kind string

// The kinds.
const (
	OrderPlaced    Kind = "order_placed"
	OrderCancelled Kind = "order_cancelled"
)

// Notice is a mail that was sent.
type Notice struct {
	Account id.AccountID
	Kind    Kind
	Subject string
	SentAt  time.Time
}
