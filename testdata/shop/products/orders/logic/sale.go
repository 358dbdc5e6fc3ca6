package logic

import (
	"encoding/json"

	catalog "example.com/shop/products/catalog/facade/contracts"
)

// markDown puts a product on sale, in place.
func markDown(p *catalog.Product, percent int) error {
	price, err := p.Price.Sub(p.Price.Percent(percent))
	p.Price = price   // planted: contract-write — whoever else holds the product sees another price
	p.Name += " SALE" // planted: contract-write — assignment with an operator
	p.Stock--         // planted: contract-write — decrement
	return err
}

// markedDown returns the product on sale: a copy of one's own may be filled.
func markedDown(p catalog.Product, percent int) (catalog.Product, error) {
	price, err := p.Price.Sub(p.Price.Percent(percent))
	sale := p
	sale.Price = price
	sale.Name += " SALE"
	return sale, err
}

// sellOut empties the shelves.
func sellOut(found []catalog.Product) {
	for i := range found {
		found[i].Stock = 0 // planted: contract-write — an element of somebody else's slice
	}
}

// reset forgets a product.
func reset(p *catalog.Product) {
	*p = catalog.Product{} // planted: contract-write — the pointer stays, what it shows changes
}

// refresh reads a product again.
func refresh(p *catalog.Product, data []byte) error {
	return json.Unmarshal(data, p) // planted: contract-write — decodes into a value that is published
}

// read reads a product for the first time.
func read(data []byte) (*catalog.Product, error) {
	p := new(catalog.Product)
	err := json.Unmarshal(data, p)
	return p, err
}

// counter returns where the stock of a product is counted.
func counter(p *catalog.Product) *int {
	return &p.Stock // planted: contract-write — who has the address can write
}

// rename gives a product the first of the names that fits on a label.
func rename(p *catalog.Product, names ...string) {
	for _, p.Name = range names { // planted: contract-write — the loop writes to the field
		if len(p.Name) <= 20 {
			return
		}
	}
}

// bundle builds a product that nobody else has seen yet.
func bundle(parts ...catalog.Product) *catalog.Product {
	b := &catalog.Product{Name: "Bundle"}
	for _, p := range parts {
		b.Stock = max(b.Stock, p.Stock)
		b.SKU += p.SKU
	}
	return b
}
