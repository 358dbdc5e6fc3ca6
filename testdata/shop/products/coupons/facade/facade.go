// Package facade is the door of coupons.
//
// Deprecated: prices come from campaigns soon, see SHOP-412.
package facade

import (
	"context"

	"gorm.io/gorm"

	"example.com/shop/core/clock"
	"example.com/shop/core/id"
	"example.com/shop/core/money"
	"example.com/shop/products/coupons/facade/contracts"
	"example.com/shop/products/coupons/logic"
	"example.com/shop/products/coupons/models"
)

// Facade knows the coupons.
type Facade struct {
	coupons *logic.Coupons
}

// New wires the product. A handle may enter here, and nowhere else.
func New(db *gorm.DB, clk clock.Clock) *Facade {
	return &Facade{logic.New(db, clk)}
}

// Find returns the coupon with a code.
func (f *Facade) Find(ctx context.Context, code string) (contracts.Coupon, error) {
	row, err := f.coupons.Find(ctx, code)
	if err != nil {
		return contracts.Coupon{}, err
	}
	return toCoupon(row), nil
}

// Apply returns what is left of total.
func (f *Facade) Apply(ctx context.Context, code string, total money.Money) (money.Money, error) {
	row, err := f.coupons.Find(ctx, code)
	if err != nil {
		return total, err
	}
	return total.Sub(total.Percent(row.PercentOff))
}

func toCoupon(row models.Coupon) contracts.Coupon {
	return contracts.Coupon{
		ID:         id.CouponID(row.ID),
		Code:       row.Code,
		PercentOff: row.PercentOff,
		ExpiresAt:  row.ExpiresAt,
	}
}
