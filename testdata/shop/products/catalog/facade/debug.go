package facade

import (
	"context"
	"fmt"

	"example.com/shop/core/id"
)

// Envelope is something with a label on it.
type Envelope struct {
	Kind string
	Body any
}

// Inspect returns whatever there is about a product.
func (f *Facade) Inspect(ctx context.Context, product id.ProductID) (any, error) { // planted: internal-leak — any says nothing
	row, err := f.products.Get(ctx, product)
	if err != nil {
		return nil, err
	}
	return row, nil // planted: dynamic-orm-leak — and this any is a model
}

// Describe returns something that can be printed.
func (f *Facade) Describe(ctx context.Context, product id.ProductID) (fmt.Stringer, error) {
	row, err := f.products.Get(ctx, product)
	if err != nil {
		return nil, err
	}
	return row, nil // planted: dynamic-orm-leak — a model behind an interface
}

// Wrap returns a product in an envelope.
func (f *Facade) Wrap(ctx context.Context, product id.ProductID) (Envelope, error) {
	row, err := f.products.Get(ctx, product)
	if err != nil {
		return Envelope{}, err
	}
	return Envelope{
		Kind: "product",
		Body: row, // planted: dynamic-orm-leak — a model in an exported field
	}, nil
}

// Label returns the name of a product in an envelope: a string is data.
func (f *Facade) Label(ctx context.Context, product id.ProductID) (Envelope, error) {
	row, err := f.products.Get(ctx, product)
	return Envelope{Kind: "label", Body: row.Name}, err
}

// Load stores a product where out points.
func (f *Facade) Load(ctx context.Context, product id.ProductID, out *any) error {
	row, err := f.products.Get(ctx, product)
	if err == nil {
		*out = row // planted: dynamic-orm-leak — a model through a pointer
	}
	return err
}

// Trace tells log what it finds.
func (f *Facade) Trace(ctx context.Context, product id.ProductID, log func(any)) error {
	row, err := f.products.Get(ctx, product)
	log(row.SKU)
	log(row) // planted: dynamic-orm-leak — a model as argument of a callback
	return err
}

// Counts returns numbers for the dashboard: a map of any is data.
func (f *Facade) Counts(ctx context.Context) (map[string]any, error) {
	rows, err := f.BySKU(ctx)
	return map[string]any{"products": len(rows)}, err
}
