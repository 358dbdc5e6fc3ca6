package logic

import (
	"context"

	"example.com/shop/core/id"
	accounts "example.com/shop/products/accounts/facade/contracts" // planted: undeclared-dependency — search says nothing of accounts in its product.toml
	"example.com/shop/products/search/facade/contracts"
)

// FindFor is Find, except that those who work here see everything at once.
func (i *Index) FindFor(ctx context.Context, who accounts.Role, q contracts.Query) ([]id.ProductID, error) {
	limit := q.Limit
	if who == accounts.Clerk || who == accounts.Admin {
		limit = 0
	}
	rows, err := i.Find(ctx, contracts.Query{Text: q.Text, Limit: limit})
	out := make([]id.ProductID, 0, len(rows))
	for _, d := range rows {
		out = append(out, id.ProductID(d.ProductID))
	}
	return out, err
}
