// Package wiring puts the products together, for every process in the same
// way. It is the one place that knows them all.
package wiring

import (
	"context"
	"os"

	"example.com/shop/core/clock"
	"example.com/shop/platform/bus"
	"example.com/shop/platform/config"
	"example.com/shop/platform/db"
	"example.com/shop/platform/mail"
	"example.com/shop/platform/posthog"
	"example.com/shop/platform/vault"
	accounts "example.com/shop/products/accounts/facade"
	billing "example.com/shop/products/billing/facade"
	catalog "example.com/shop/products/catalog/facade"
	coupons "example.com/shop/products/coupons/facade"
	notifications "example.com/shop/products/notifications/backend/facade"
	orders "example.com/shop/products/orders/facade"
	search "example.com/shop/products/search/facade"
)

// Shop is all products.
type Shop struct {
	Accounts      *accounts.Facade
	Billing       *billing.Facade
	Catalog       *catalog.Facade
	Notifications *notifications.Facade
	Orders        *orders.Facade
	Search        *search.Facade
	Vault         *vault.Vault
}

// Build opens the database and wires the products on it.
func Build(ctx context.Context, cfg config.Config) (*Shop, error) {
	conn, err := db.Open(cfg.DatabaseURL)
	if err != nil {
		return nil, err
	}
	pool, err := db.OpenPool(ctx, cfg.DatabaseURL)
	if err != nil {
		return nil, err
	}
	gormDB, err := db.Gorm(conn)
	if err != nil {
		return nil, err
	}

	clk, events := clock.System{}, bus.New()
	s := &Shop{Vault: vault.New(os.DirFS(cfg.VaultPath))}
	if s.Accounts, err = accounts.New(accounts.Deps{DB: conn, Clock: clk, Vault: s.Vault}); err != nil {
		return nil, err
	}
	s.Billing = billing.New(billing.Deps{Pool: pool, Clock: clk, Accounts: s.Accounts})
	s.Catalog = catalog.New(catalog.Deps{DB: gormDB, Clock: clk})
	s.Search = search.New(search.Deps{DB: db.SQLX(conn), Catalog: s.Catalog})
	s.Orders = orders.New(orders.Deps{
		DB:      db.Bun(conn),
		Catalog: s.Catalog,
		Billing: s.Billing,
		Coupons: coupons.New(gormDB, clk),
		Bus:     events,
		Clock:   clk,
		Events:  recorder(cfg.PostHogKey),
	})
	s.Notifications = notifications.New(notifications.Deps{
		DB:       db.SQLX(conn),
		Accounts: s.Accounts,
		Mail:     mail.SMTP{Addr: cfg.MailServer, From: "shop@example.com"},
		Clock:    clk,
	})
	s.Notifications.Listen(events)
	return s, nil
}

func recorder(key string) posthog.Recorder {
	if key == "" {
		return posthog.Nobody{}
	}
	return posthog.New(key)
}
