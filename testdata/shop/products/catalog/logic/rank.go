package logic

import (
	"cmp"
	"context"
	"slices"

	"example.com/shop/core/id"
	"example.com/shop/products/catalog/models"
)

// Ranked returns the products that were clicked at all, the most clicked first.
func (p *Products) Ranked(ctx context.Context, clicks map[id.ProductID]int) ([]models.Product, error) {
	ids := make([]string, 0, len(clicks))
	for product := range clicks {
		ids = append(ids, string(product))
	}
	var rows []models.Product
	err := p.db.WithContext(ctx).Where("id IN ?", ids).Find(&rows).Error
	rank(rows, clicks)
	return rows, err
}

func rank(rows []models.Product, clicks map[id.ProductID]int) {
	slices.SortStableFunc(rows, func(a, b models.Product) int {
		return cmp.Compare(clicks[id.ProductID(b.ID)], clicks[id.ProductID(a.ID)])
	})
}
