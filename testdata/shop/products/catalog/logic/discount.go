package logic

import (
	"cmp"
	"slices"
)

// Discount is what a large quantity takes off the price.
type Discount struct {
	From    int
	Percent int
}

// Sorted returns the discounts, smallest quantity first.
func Sorted(all []Discount) []Discount {
	return slices.SortedFunc(slices.Values(all), func(a, b Discount) int {
		return cmp.Compare(a.From, b.From)
	})
}
