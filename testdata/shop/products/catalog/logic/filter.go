package logic

import (
	"strings"

	"gorm.io/gorm"

	"example.com/shop/products/catalog/facade/contracts"
	"example.com/shop/products/catalog/models"
)

// matching returns the scope of the products that a filter selects.
func matching(by contracts.Filter) func(*gorm.DB) *gorm.DB {
	return func(db *gorm.DB) *gorm.DB {
		db = db.Where("status = ?", models.OnSale)
		if by.Category != "" {
			db = db.Where("category_id = ?", by.Category)
		}
		if by.Text != "" {
			db = db.Where("name ILIKE ?", "%"+escapeLike(by.Text)+"%")
		}
		if by.OnlyAvailable {
			db = db.Where("stock > 0")
		}
		return db
	}
}

func escapeLike(s string) string {
	return strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(s)
}
