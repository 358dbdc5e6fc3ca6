package logic

import (
	"slices"
	"time"

	"example.com/shop/products/orders/facade/contracts"
)

// patience is how long an order waits for its money.
const patience = 21 * 24 * time.Hour

// steps says what an order can become.
var steps = map[contracts.Status][]contracts.Status{
	contracts.Placed: {contracts.Shipped, contracts.Cancelled},
}

func canBecome(from, to contracts.Status) bool {
	return slices.Contains(steps[from], to)
}
