package contracts

import (
	"sync/atomic" // planted: impure-contract — a value that nobody changes needs no atomics

	"example.com/shop/core/id"
)

// Watch counts who looks at an order.
type Watch struct {
	Order id.OrderID
	Views atomic.Int64 // planted: mutable-contract — made to be changed
}
