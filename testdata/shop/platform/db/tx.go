package db

import (
	"context"
	"database/sql"
	"errors"
)

// Tx is a transaction that remembers what to do once it is committed.
type Tx struct {
	*sql.Tx
	after []func()
}

// AfterCommit runs f when the transaction has succeeded.
func (tx *Tx) AfterCommit(f func()) { tx.after = append(tx.after, f) }

// InTx runs f in a transaction: it commits if f returns nil.
func InTx(ctx context.Context, conn *sql.DB, f func(*Tx) error) error {
	raw, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	tx := &Tx{Tx: raw}
	if err := f(tx); err != nil {
		return errors.Join(err, raw.Rollback())
	}
	if err := raw.Commit(); err != nil {
		return err
	}
	for _, f := range tx.after {
		f()
	}
	return nil
}
