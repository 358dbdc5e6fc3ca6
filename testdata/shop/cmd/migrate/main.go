// Command migrate creates the tables. It reaches into all products, which is
// its business, and why it is unchecked.
package main

import (
	"context"
	"log/slog"
	"os"

	"example.com/shop/platform/db"
	catalog "example.com/shop/products/catalog/models"
	coupons "example.com/shop/products/coupons/models"
	orders "example.com/shop/products/orders/models"
)

func main() {
	if err := run(context.Background(), os.Getenv("SHOP_DATABASE_URL")); err != nil {
		slog.Error("migrate: stopped", "err", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, url string) error {
	conn, err := db.Open(url)
	if err != nil {
		return err
	}
	defer conn.Close()
	gormDB, err := db.Gorm(conn)
	if err != nil {
		return err
	}
	if err := gormDB.AutoMigrate(&catalog.Category{}, &catalog.Product{}, &coupons.Coupon{}, &coupons.Redemption{}); err != nil {
		return err
	}
	for _, model := range []any{(*orders.Order)(nil), (*orders.Line)(nil)} {
		if _, err := db.Bun(conn).NewCreateTable().IfNotExists().Model(model).Exec(ctx); err != nil {
			return err
		}
	}
	return nil
}
