// Command recommend was made in a hack week. The directory is excluded in
// boundaries.toml, so nothing here is a finding.
package main

import (
	"fmt"

	catalog "example.com/shop/products/catalog/models"
	orders "example.com/shop/products/orders/models"
)

func main() {
	bought := orders.Order{Lines: []*orders.Line{{ProductID: "prd_1"}}}
	fmt.Println(together(bought, []catalog.Product{{ID: "prd_1", Name: "Mug"}, {ID: "prd_2", Name: "Pan"}}))
}

// together returns what others bought as well.
func together(o orders.Order, all []catalog.Product) []string {
	has := map[string]bool{}
	for _, l := range o.Lines {
		has[l.ProductID] = true
	}
	var names []string
	for _, p := range all {
		if !has[p.ID] {
			names = append(names, p.Name)
		}
	}
	return names
}
