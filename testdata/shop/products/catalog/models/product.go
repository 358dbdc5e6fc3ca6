// Package models is the tables of catalog.
package models

import (
	"time"

	"gorm.io/gorm"
)

// Product is a row of products.
type Product struct {
	ID         string `gorm:"primaryKey"`
	SKU        string `gorm:"uniqueIndex"`
	Name       string
	CategoryID *string
	Category   *Category `gorm:"foreignKey:CategoryID"`
	PriceMinor int64
	Currency   string `gorm:"size:3"`
	Stock      int
	Status     Status `gorm:"default:draft"`
	CreatedAt  time.Time
	DeletedAt  gorm.DeletedAt `gorm:"index"`
}

// String names the product in logs.
func (p Product) String() string { return p.SKU + " " + p.Name }

// Category is a row of categories.
type Category struct {
	ID       string `gorm:"primaryKey"`
	Name     string
	ParentID *string
	Parent   *Category `gorm:"foreignKey:ParentID"`
}
