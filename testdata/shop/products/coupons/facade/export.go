package facade

import (
	"context"
	"database/sql"
	"iter"

	"example.com/shop/products/coupons/facade/contracts"
)

// Export returns all coupons, as rows to scan.
func (f *Facade) Export(ctx context.Context) (*sql.Rows, error) { // planted: orm-leak — database/sql is a handle too
	return f.coupons.All(ctx)
}

// All iterates over the coupons: a contract each, and the rows stay inside.
func (f *Facade) All(ctx context.Context) iter.Seq2[contracts.Coupon, error] {
	return func(yield func(contracts.Coupon, error) bool) {
		for row, err := range f.coupons.Each(ctx) {
			if !yield(toCoupon(row), err) {
				return
			}
		}
	}
}
