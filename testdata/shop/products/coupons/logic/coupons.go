// Package logic keeps the coupons.
package logic

import (
	"context"
	"errors"
	"strings"

	"gorm.io/gorm"

	"example.com/shop/core/clock"
	"example.com/shop/products/coupons/facade/contracts"
	"example.com/shop/products/coupons/models"
)

// Coupons is the table of coupons.
type Coupons struct {
	db    *gorm.DB
	clock clock.Clock
}

// New returns the table in db.
func New(db *gorm.DB, clk clock.Clock) *Coupons { return &Coupons{db, clk} }

// Find returns a coupon that is still good.
func (c *Coupons) Find(ctx context.Context, code string) (models.Coupon, error) {
	row, err := gorm.G[models.Coupon](c.db).Where("code = ?", strings.ToUpper(code)).First(ctx)
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return row, contracts.ErrUnknown
	}
	if err == nil && !c.clock.Now().Before(row.ExpiresAt) {
		return row, contracts.ErrExpired
	}
	return row, err
}
