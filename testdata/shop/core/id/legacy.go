package id

import (
	"github.com/google/uuid" // planted: unconfined-import — core lives on the standard library alone
)

// FromLegacy translates an order number of the old shop.
func FromLegacy(u uuid.UUID) OrderID {
	return OrderID(orderPrefix + u.String())
}
