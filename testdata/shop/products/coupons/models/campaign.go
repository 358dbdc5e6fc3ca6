package models

import (
	"time"

	catalogmodels "example.com/shop/products/catalog/models" // planted: private-import — the tables of another product
)

// Campaign is a row of campaigns, which are to replace coupons.
type Campaign struct {
	ID        uint
	CouponID  string
	Coupon    Coupon `gorm:"foreignKey:CouponID"` // fine: both are ours
	StartsAt  time.Time
	ProductID string                  // fine: an id ties nobody
	Product   catalogmodels.Product   `gorm:"foreignKey:ProductID"`         // planted: cross-relation — a foreign key into another product
	Extras    []catalogmodels.Product `gorm:"many2many:campaign_extras;->"` // planted: cross-relation — and a join table
}
