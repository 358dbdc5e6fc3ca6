package models

import (
	"github.com/uptrace/bun"

	"example.com/shop/products/billing/models/billingdb"     // planted: private-import — the tables of another product
	catalogmodels "example.com/shop/products/catalog/models" // planted: private-import — the tables of yet another
)

// Receipt is an order and what was paid for it.
type Receipt struct {
	bun.BaseModel `bun:"table:orders,alias:o"`

	ID        string            `bun:",pk"`
	InvoiceID string            // fine: an id ties nobody
	Lines     []*Line           `bun:"rel:has-many,join:id=order_id"` // fine: both are ours
	Invoice   billingdb.Invoice `bun:"-"`                             // planted: cross-relation — a plain field is a tie as well
}

// Bestseller is a product that sells.
type Bestseller struct {
	bun.BaseModel `bun:"table:bestsellers"`

	catalogmodels.Product `bun:"-"` // planted: cross-relation — an embedded model of another product
	Sold                  int
}
