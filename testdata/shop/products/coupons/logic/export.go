package logic

import (
	"context"
	"database/sql"
	"iter"

	"example.com/shop/products/coupons/models"
)

// All returns the rows of the table.
func (c *Coupons) All(ctx context.Context) (*sql.Rows, error) {
	return c.db.WithContext(ctx).Model(&models.Coupon{}).Rows()
}

// Each iterates over the table.
func (c *Coupons) Each(ctx context.Context) iter.Seq2[models.Coupon, error] {
	return func(yield func(models.Coupon, error) bool) {
		rows, err := c.All(ctx)
		if err != nil {
			yield(models.Coupon{}, err)
			return
		}
		defer rows.Close()
		for rows.Next() {
			var row models.Coupon
			err := c.db.ScanRows(rows, &row)
			if !yield(row, err) {
				return
			}
		}
	}
}
