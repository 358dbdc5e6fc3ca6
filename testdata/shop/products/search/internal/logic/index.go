// Package logic keeps the index and asks it.
package logic

import (
	"context"
	"strings"

	"github.com/jmoiron/sqlx"

	"example.com/shop/core/id"
	"example.com/shop/core/page"
	catalog "example.com/shop/products/catalog/facade/contracts"
	"example.com/shop/products/search/facade/contracts"
	"example.com/shop/products/search/internal/models"
)

// Catalog is where products come from.
type Catalog interface {
	List(context.Context, catalog.Filter, page.Request) (page.Page[catalog.Product], error)
}

// Index is the index of all products.
type Index struct {
	db      *sqlx.DB
	catalog Catalog
}

// NewIndex returns the index in db.
func NewIndex(db *sqlx.DB, c Catalog) *Index { return &Index{db, c} }

const find = `
SELECT product_id, title, category, clicks FROM search_documents
WHERE tsv @@ plainto_tsquery($1) ORDER BY clicks DESC LIMIT $2`

// Find returns the documents that match a query.
func (i *Index) Find(ctx context.Context, q contracts.Query) ([]models.Document, error) {
	text := strings.TrimSpace(q.Text)
	if text == "" {
		return nil, contracts.ErrEmptyQuery
	}
	limit := page.Request{Limit: q.Limit}.Clamp().Limit
	var rows []models.Document
	err := i.db.SelectContext(ctx, &rows, find, text, limit)
	return rows, err
}

// Clicked counts a click.
func (i *Index) Clicked(ctx context.Context, product id.ProductID) error {
	_, err := i.db.ExecContext(ctx,
		`UPDATE search_documents SET clicks = clicks + 1 WHERE product_id = $1`, string(product))
	return err
}

// Trends returns the n most clicked documents.
func (i *Index) Trends(ctx context.Context, n int) ([]models.Document, error) {
	var rows []models.Document
	err := i.db.SelectContext(ctx, &rows,
		`SELECT product_id, title, category, clicks FROM search_documents ORDER BY clicks DESC LIMIT $1`, n)
	return rows, err
}
