package contracts

import (
	"example.com/shop/core/id"
	"example.com/shop/products/catalog/models" // planted: role-violation, impure-contract — contracts know no models
)

// Export is the catalog as it is sent to partners.
type Export struct {
	Partner string
	First   id.ProductID
	Rows    []models.Product // planted: orm-leak, mutable-contract — models, and a slice of them
	Root    models.Category  // planted: orm-leak, mutable-contract — a model, and a pointer inside it
}
