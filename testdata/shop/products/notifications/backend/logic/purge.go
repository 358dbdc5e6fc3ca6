package logic

import (
	"context"
	"database/sql"

	"example.com/shop/core/id"
)

// Purge deletes all notices to an account.
func (d *Desk) Purge(ctx context.Context, account id.AccountID) (sql.Result, error) {
	return d.db.ExecContext(ctx, `DELETE FROM notices WHERE account_id = $1`, string(account))
}
