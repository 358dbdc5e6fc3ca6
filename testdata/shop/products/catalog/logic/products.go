// Package logic decides what the shop sells.
package logic

import (
	"context"
	"errors"

	"gorm.io/gorm"

	"example.com/shop/core/clock"
	"example.com/shop/core/id"
	"example.com/shop/core/page"
	"example.com/shop/products/catalog/facade/contracts"
	"example.com/shop/products/catalog/models"
)

// Products is the table of products.
type Products struct {
	db    *gorm.DB
	clock clock.Clock
}

// NewProducts returns the table in db.
func NewProducts(db *gorm.DB, clk clock.Clock) *Products {
	return &Products{db, clk}
}

// Session returns a session of the table's database.
func (p *Products) Session(ctx context.Context) *gorm.DB { return p.db.WithContext(ctx) }

// Get returns a product that is on sale.
func (p *Products) Get(ctx context.Context, product id.ProductID) (models.Product, error) {
	row, err := gorm.G[models.Product](p.db).
		Preload("Category", nil).
		Where("id = ? AND status = ?", string(product), models.OnSale).
		First(ctx)
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return models.Product{}, contracts.ErrNotFound
	}
	return row, err
}

// List returns the products that match a filter, by name.
func (p *Products) List(ctx context.Context, by contracts.Filter, r page.Request) ([]models.Product, error) {
	var rows []models.Product
	err := p.db.WithContext(ctx).
		Scopes(matching(by)).
		Order("name").Limit(r.Limit).Offset(r.Offset).
		Find(&rows).Error
	return rows, err
}

// Add puts a product on sale.
func (p *Products) Add(ctx context.Context, d contracts.Draft) (models.Product, error) {
	row := models.Product{
		ID:         string(id.NewProduct()),
		SKU:        d.SKU,
		Name:       d.Name,
		PriceMinor: d.Price.Minor(),
		Currency:   d.Price.Currency().String(),
		Stock:      d.Stock,
		Status:     models.OnSale,
		CreatedAt:  p.clock.Now(),
	}
	err := p.db.WithContext(ctx).Create(&row).Error
	if errors.Is(err, gorm.ErrDuplicatedKey) {
		return models.Product{}, contracts.ErrSKUTaken
	}
	return row, err
}
