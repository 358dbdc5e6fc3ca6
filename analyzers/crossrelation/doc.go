// Package crossrelation defines an analyzer that keeps the models of products apart.
//
// report relations between the models of two products
//
// Products share a database more often than they should share a model. This
// analyzer looks at the models of a product, wherever they are declared, and
// at ent schemas.
//
// # cross-relation
//
// A model refers to the model of another product.
//
// A relation lets the ORM load, join, cascade and save across both tables: the
// other product's rows are changed by code that its owners never see, neither
// table can move or change alone, and the two can never be taken apart. An id
// says as much and promises nothing.
//
//	type Order struct {
//		gorm.Model
//		Account   models.Account `gorm:"foreignKey:AccountID"` // wrong
//		AccountID string                                       // right
//	}
//
// It does not matter how the library spells it (gorm's foreignKey, references
// and many2many, bun's rel, xorm's extends, an edge of ent) or whether the
// field is a struct, a pointer, a slice, a map, a generic type or embedded.
// Relations inside a product are fine, and so are those to the models of a
// module that is no product.
//
// Ask the other product's facade for what you need, by id. While two products
// are being separated, say so where the relation is declared:
//
//	Account models.Account //boundaries:ignore cross-relation split planned, see #812
package crossrelation
