package logic

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/DATA-DOG/go-sqlmock"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"example.com/shop/core/clock"
	"example.com/shop/core/list"
	"example.com/shop/core/money"
	"example.com/shop/core/optional"
	billing "example.com/shop/products/billing/facade/contracts"
	catalog "example.com/shop/products/catalog/facade/contracts"
	"example.com/shop/products/catalog/facade/facadetest"
	"example.com/shop/products/orders/facade/contracts"
)

// bank remembers the last demand.
type bank struct{ last billing.Demand }

func (b *bank) Issue(_ context.Context, d billing.Demand) (billing.Invoice, error) {
	b.last = d
	return billing.Invoice{ID: "inv_1", Amount: d.Amount}, nil
}

// half is a rebate of fifty per cent.
type half struct{}

func (half) Apply(_ context.Context, _ string, total money.Money) (money.Money, error) {
	return total.Percent(50), nil
}

func open(t *testing.T) (*Orders, *bank, sqlmock.Sqlmock) {
	t.Helper()
	conn, mock, err := sqlmock.New()
	if err != nil {
		t.Fatal(err)
	}
	b := &bank{}
	partners := Partners{Stock: facadetest.New(facadetest.Mug()), Invoices: b, Rebates: half{}}
	return New(bun.NewDB(conn, pgdialect.New()), partners, clock.NewManual(time.Unix(0, 0))), b, mock
}

func cart(n int, coupon optional.Option[string]) contracts.Cart {
	return contracts.Cart{
		Account: "acc_ann",
		Items:   list.Of(contracts.Item{Product: "prd_mug", Quantity: n}),
		Coupon:  coupon,
	}
}

func TestPlace(t *testing.T) {
	for want, coupon := range map[int64]optional.Option[string]{
		1800: optional.None[string](),
		900:  optional.Some("HALF"),
	} {
		orders, b, mock := open(t)
		mock.ExpectExec(`INSERT INTO "orders"`).WillReturnResult(sqlmock.NewResult(0, 1))
		mock.ExpectExec(`INSERT INTO "order_lines"`).WillReturnResult(sqlmock.NewResult(0, 1))
		row, err := orders.Place(context.Background(), cart(2, coupon))
		if err != nil {
			t.Fatal(err)
		}
		if row.TotalMinor != want || b.last.Amount.Minor() != want || row.InvoiceID != "inv_1" {
			t.Errorf("total %d, demanded %v, want %d", row.TotalMinor, b.last.Amount, want)
		}
		if err := mock.ExpectationsWereMet(); err != nil {
			t.Error(err)
		}
	}
}

func TestPlaceRefuses(t *testing.T) {
	orders, _, _ := open(t)
	if _, err := orders.Place(context.Background(), contracts.Cart{}); !errors.Is(err, contracts.ErrEmpty) {
		t.Errorf("empty cart: %v", err)
	}
	_, err := orders.Place(context.Background(), cart(4, optional.None[string]()))
	if !errors.Is(err, catalog.ErrOutOfStock) {
		t.Errorf("four of three mugs: %v", err)
	}
}

func TestCancelTooLate(t *testing.T) {
	orders, _, mock := open(t)
	mock.ExpectQuery(`SELECT`).WillReturnRows(sqlmock.NewRows([]string{"id", "status"}).AddRow("ord_1", "shipped"))
	mock.ExpectQuery(`SELECT`).WillReturnRows(sqlmock.NewRows([]string{"order_id"}))
	if _, err := orders.Cancel(context.Background(), "ord_1"); !errors.Is(err, contracts.ErrTooLate) {
		t.Errorf("Cancel = %v", err)
	}
}

func TestNumber(t *testing.T) {
	if got := Number("ord_0azb"); got != "0AZB" {
		t.Errorf("Number = %q", got)
	}
}
