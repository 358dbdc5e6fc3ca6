package logic

import (
	"context"

	"gorm.io/gorm"

	"example.com/shop/core/id"
	"example.com/shop/products/catalog/facade/contracts"
	"example.com/shop/products/catalog/models"
)

// Reserve takes n pieces out of stock, or none.
func (p *Products) Reserve(ctx context.Context, product id.ProductID, n int) error {
	res := p.db.WithContext(ctx).
		Model(&models.Product{}).
		Where("id = ? AND stock >= ?", string(product), n).
		Update("stock", gorm.Expr("stock - ?", n))
	if res.Error != nil {
		return res.Error
	}
	if res.RowsAffected == 0 {
		return contracts.ErrOutOfStock
	}
	return nil
}
