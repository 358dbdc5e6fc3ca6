package facade

import (
	"context"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"example.com/shop/core/id"
	"example.com/shop/core/page"
	"example.com/shop/products/catalog/facade/contracts"
	"example.com/shop/products/catalog/models"
)

// ProductRow is a product by another name.
type ProductRow = models.Product // planted: orm-leak — an alias of a model

// Batch is what an importer reads at once.
type Batch []models.Product // planted: orm-leak — a slice of models with a name

// AdminProduct is a product as the back office sees it.
type AdminProduct struct {
	models.Product // planted: orm-leak — embedding hands out all fields and methods
	Note           string
}

// Importer reads a supplier's list.
type Importer interface {
	Name() string
	Read(ctx context.Context, into []models.Product) error // planted: orm-leak — an interface method with models
}

// Count counts the rows of any table of the product.
func Count[T models.Product | models.Category](rows ...T) int { // planted: orm-leak — models as a constraint
	return len(rows)
}

// Newest is the usual order of lists.
var Newest = clause.OrderByColumn{Column: clause.Column{Name: "created_at"}, Desc: true} // planted: orm-leak — a part of a query

// ErrMissing is returned for products that are not there.
var ErrMissing = gorm.ErrRecordNotFound // planted: orm-value-leak — the library's own error

// Trashed is a product that can still be brought back.
type Trashed struct {
	Product   id.ProductID
	DeletedAt gorm.DeletedAt // planted: orm-value-leak — a database value; time.Time says as much
}

// Lister is a part of the facade, for those who need no more. Behind it is a
// struct with a database handle, which nobody can reach.
type Lister interface {
	List(context.Context, contracts.Filter, page.Request) (page.Page[contracts.Product], error)
}

// Lister returns the part of the facade that lists.
func (f *Facade) Lister() Lister { return f }
