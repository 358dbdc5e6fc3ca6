// Package contracts is what coupons tells the rest of the shop.
package contracts

import (
	"errors"
	"time"

	"example.com/shop/core/id"
)

// Errors of the facade.
var (
	ErrUnknown = errors.New("no such coupon")
	ErrExpired = errors.New("the coupon has expired")
)

// Coupon takes something off a price.
type Coupon struct {
	ID         id.CouponID
	Code       string
	PercentOff int
	ExpiresAt  time.Time
}

// UsableAt reports whether the coupon is good at t.
func (c Coupon) UsableAt(t time.Time) bool { return t.Before(c.ExpiresAt) }
