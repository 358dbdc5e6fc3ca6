package facade

import (
	"context"
	"iter"

	"gorm.io/gorm"

	"example.com/shop/core/id"
	"example.com/shop/core/page"
	"example.com/shop/products/catalog/facade/contracts"
	"example.com/shop/products/catalog/models"
)

// RawProduct returns a product with all its columns.
func (f *Facade) RawProduct(ctx context.Context, product id.ProductID) (*models.Product, error) { // planted: orm-leak — a model as result
	row, err := f.products.Get(ctx, product)
	return &row, err
}

// Import adds products as they are.
func (f *Facade) Import(ctx context.Context, rows ...models.Product) error { // planted: orm-leak — models as parameters
	return f.products.Session(ctx).Create(&rows).Error
}

// Each visits every product.
func (f *Facade) Each(ctx context.Context, visit func(models.Product) error) error { // planted: orm-leak — a callback is handed models
	for row, err := range f.Rows(ctx) {
		if err != nil {
			return err
		}
		if err := visit(row); err != nil {
			return err
		}
	}
	return nil
}

// Rows iterates over every product.
func (f *Facade) Rows(ctx context.Context) iter.Seq2[models.Product, error] { // planted: orm-leak — an iterator of models
	return func(yield func(models.Product, error) bool) {
		rows, err := f.products.List(ctx, contracts.Filter{}, page.Request{Limit: page.MaxLimit})
		for _, row := range rows {
			if !yield(row, nil) {
				return
			}
		}
		if err != nil {
			yield(models.Product{}, err)
		}
	}
}

// RawPage returns a page with all columns.
func (f *Facade) RawPage(ctx context.Context, r page.Request) (page.Page[models.Product], error) { // planted: orm-leak — a model as type argument
	rows, err := f.products.List(ctx, contracts.Filter{}, r.Clamp())
	return page.Of(rows, r), err
}

// BySKU returns every product under its SKU.
func (f *Facade) BySKU(ctx context.Context) (map[string]*models.Product, error) { // planted: orm-leak — models in a map
	all := map[string]*models.Product{}
	err := f.Each(ctx, func(p models.Product) error {
		all[p.SKU] = &p
		return nil
	})
	return all, err
}

// Session returns the connection, for questions that nobody thought of.
func (f *Facade) Session(ctx context.Context) *gorm.DB { // planted: orm-leak — a handle
	return f.products.Session(ctx)
}

// Admin returns a product and what we think of it. The embedding in
// AdminProduct is the finding; this method merely uses the type.
func (f *Facade) Admin(ctx context.Context, product id.ProductID, note string) (AdminProduct, error) {
	row, err := f.products.Get(ctx, product)
	return AdminProduct{Product: row, Note: note}, err
}
