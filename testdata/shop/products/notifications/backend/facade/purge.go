package facade

import (
	"context"
	"database/sql"

	"example.com/shop/core/id"
	"example.com/shop/products/notifications/backend/facade/contracts"
)

// Purge deletes all notices to an account.
func (f *Facade) Purge(ctx context.Context, account id.AccountID) (sql.Result, error) { // planted: orm-leak — sql.Result is a handle
	return f.desk.Purge(ctx, account)
}

// History is what a customer may see of the product.
type History interface {
	Sent(context.Context, id.AccountID) ([]contracts.Notice, error)
}

// History returns the facade as a History. The handle behind it stays there.
func (f *Facade) History() History { return f }
