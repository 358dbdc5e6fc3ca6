// Package logic sells: it reserves, sums up, and asks for the money.
package logic

import (
	"context"
	"database/sql"
	"errors"

	"github.com/uptrace/bun"

	"example.com/shop/core/clock"
	"example.com/shop/core/id"
	"example.com/shop/products/orders/facade/contracts"
	"example.com/shop/products/orders/models"
)

// Orders is the book of orders.
type Orders struct {
	db       bun.IDB
	partners Partners
	clock    clock.Clock
}

// New returns the book in db.
func New(db bun.IDB, p Partners, clk clock.Clock) *Orders {
	return &Orders{db, p, clk}
}

// Get returns an order with its lines.
func (o *Orders) Get(ctx context.Context, order id.OrderID) (*models.Order, error) {
	row := &models.Order{}
	err := o.db.NewSelect().Model(row).Relation("Lines").Where("o.id = ?", string(order)).Scan(ctx)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, contracts.ErrNotFound
	}
	return row, err
}

// Cancel takes an order back, if it is not too late.
func (o *Orders) Cancel(ctx context.Context, order id.OrderID) (*models.Order, error) {
	row, err := o.Get(ctx, order)
	if err != nil {
		return nil, err
	}
	if !canBecome(contracts.Status(row.Status), contracts.Cancelled) {
		return nil, contracts.ErrTooLate
	}
	row.Status = string(contracts.Cancelled)
	_, err = o.db.NewUpdate().Model(row).Column("status").WherePK().Exec(ctx)
	return row, err
}

// Unpaid returns the orders that have waited for their money too long.
func (o *Orders) Unpaid(ctx context.Context) ([]id.OrderID, error) {
	var ids []id.OrderID
	err := o.db.NewSelect().Model((*models.Order)(nil)).Column("id").
		Where("status = ?", contracts.Placed).
		Where("placed_at < ?", o.clock.Now().Add(-patience)).
		Scan(ctx, &ids)
	return ids, err
}
