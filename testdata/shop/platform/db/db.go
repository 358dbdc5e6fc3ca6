// Package db opens the database, once a process, and dresses the connection
// for the library that a product has chosen.
package db

import (
	"context"
	"database/sql"

	"github.com/jackc/pgx/v5/pgxpool"
	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
	"github.com/jmoiron/sqlx"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
)

// Open opens the database. It does not connect yet.
func Open(url string) (*sql.DB, error) {
	return sql.Open("pgx", url)
}

// OpenPool opens a pgx pool of its own beside the shared connection.
func OpenPool(ctx context.Context, url string) (*pgxpool.Pool, error) {
	return pgxpool.New(ctx, url)
}

// Gorm dresses conn for gorm.
func Gorm(conn *sql.DB) (*gorm.DB, error) {
	return gorm.Open(postgres.New(postgres.Config{Conn: conn}), &gorm.Config{})
}

// Bun dresses conn for bun.
func Bun(conn *sql.DB) *bun.DB {
	return bun.NewDB(conn, pgdialect.New())
}

// SQLX dresses conn for sqlx.
func SQLX(conn *sql.DB) *sqlx.DB {
	return sqlx.NewDb(conn, "pgx")
}
