package logic

import (
	"context"

	"example.com/shop/core/page"
	catalog "example.com/shop/products/catalog/facade/contracts"
	"example.com/shop/products/search/internal/models"
)

const upsert = `
INSERT INTO search_documents (product_id, title, category)
VALUES (:product_id, :title, :category)
ON CONFLICT (product_id) DO UPDATE SET title = :title, category = :category`

// Reindex reads the catalog page by page.
func (i *Index) Reindex(ctx context.Context) error {
	for r := (page.Request{Limit: page.MaxLimit}); ; {
		products, err := i.catalog.List(ctx, catalog.Filter{}, r)
		if err != nil {
			return err
		}
		for _, p := range products.Items {
			if _, err := i.db.NamedExecContext(ctx, upsert, toDocument(p)); err != nil {
				return err
			}
		}
		if products.Next == 0 {
			return nil
		}
		r.Offset = products.Next
	}
}

func toDocument(p catalog.Product) models.Document {
	return models.Document{ProductID: string(p.ID), Title: p.Name, Category: p.Category.Or("")}
}
