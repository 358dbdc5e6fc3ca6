// Package models is the tables of orders.
package models

import (
	"time"

	"github.com/uptrace/bun"
)

// Order is a row of orders.
type Order struct {
	bun.BaseModel `bun:"table:orders,alias:o"`

	ID         string `bun:",pk"`
	AccountID  string `bun:",notnull"`
	InvoiceID  string
	TotalMinor int64
	Currency   string
	Status     string
	PlacedAt   time.Time
	Lines      []*Line `bun:"rel:has-many,join:id=order_id"`
}

// Line is a row of order_lines. The product is named by its id alone.
type Line struct {
	bun.BaseModel `bun:"table:order_lines,alias:l"`

	OrderID    string `bun:",pk"`
	ProductID  string `bun:",pk"`
	Name       string
	Quantity   int
	PriceMinor int64
}
