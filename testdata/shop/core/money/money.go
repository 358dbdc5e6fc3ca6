// Package money counts in the smallest unit of a currency.
package money

import (
	"errors"
	"fmt"
)

// ErrCurrency says that two amounts have different currencies.
var ErrCurrency = errors.New("money: currencies differ")

// Money is an amount in one currency. The zero value is nothing, in no
// currency, and can be added to anything.
type Money struct {
	minor    int64
	currency Currency
}

// New returns an amount given in minor units, such as cents.
func New(minor int64, c Currency) Money {
	return Money{minor: minor, currency: c}
}

// Minor returns the amount in minor units.
func (m Money) Minor() int64 { return m.minor }

// Currency returns the currency.
func (m Money) Currency() Currency { return m.currency }

// IsZero reports whether m is nothing.
func (m Money) IsZero() bool { return m.minor == 0 }

// Add returns m + n.
func (m Money) Add(n Money) (Money, error) {
	switch {
	case m == Money{}:
		return n, nil
	case n == Money{}:
		return m, nil
	case m.currency != n.currency:
		return Money{}, ErrCurrency
	}
	return Money{m.minor + n.minor, m.currency}, nil
}

// Times returns m taken n times.
func (m Money) Times(n int) Money {
	return Money{m.minor * int64(n), m.currency}
}

// Percent returns p per cent of m, rounded towards zero.
func (m Money) Percent(p int) Money {
	return Money{m.minor * int64(p) / 100, m.currency}
}

// Sub returns m - n.
func (m Money) Sub(n Money) (Money, error) {
	return m.Add(Money{-n.minor, n.currency})
}

// String spells the amount as "12.30 EUR".
func (m Money) String() string {
	sign, minor := "", m.minor
	if minor < 0 {
		sign, minor = "-", -minor
	}
	return fmt.Sprintf("%s%d.%02d %s", sign, minor/100, minor%100, m.currency)
}
