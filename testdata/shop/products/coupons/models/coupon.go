// Package models is the tables of coupons.
package models

import (
	"time"

	"gorm.io/gorm"
)

// Coupon is a row of coupons.
type Coupon struct {
	ID          string `gorm:"primaryKey"`
	Code        string `gorm:"uniqueIndex"`
	PercentOff  int
	ExpiresAt   time.Time
	Redemptions []Redemption
	DeletedAt   gorm.DeletedAt
}

// Redemption is a row of redemptions: a relation inside the product.
type Redemption struct {
	ID        uint
	CouponID  string
	OrderID   string
	CreatedAt time.Time
}
