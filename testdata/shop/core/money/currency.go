package money

import "fmt"

//go:generate go run golang.org/x/tools/cmd/stringer@v0.41.0 -type=Currency

// Currency is one of the currencies the shop takes.
type Currency uint8

// The currencies.
const (
	XXX Currency = iota // none
	EUR
	GBP
	USD
)

// ParseCurrency reads an ISO 4217 code.
func ParseCurrency(s string) (Currency, error) {
	for c := XXX; c <= USD; c++ {
		if c.String() == s {
			return c, nil
		}
	}
	return XXX, fmt.Errorf("money: unknown currency %q", s)
}
