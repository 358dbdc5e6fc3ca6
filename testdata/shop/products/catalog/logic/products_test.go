package logic

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/DATA-DOG/go-sqlmock"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
	"gorm.io/gorm/utils/tests"

	"example.com/shop/core/clock"
	"example.com/shop/core/id"
	"example.com/shop/core/money"
	"example.com/shop/products/catalog/facade/contracts"
	"example.com/shop/products/catalog/models"
)

func open(t *testing.T) (*Products, sqlmock.Sqlmock) {
	t.Helper()
	conn, mock, err := sqlmock.New()
	if err != nil {
		t.Fatal(err)
	}
	db, err := gorm.Open(postgres.New(postgres.Config{Conn: conn}), &gorm.Config{SkipDefaultTransaction: true})
	if err != nil {
		t.Fatal(err)
	}
	return NewProducts(db, clock.NewManual(time.Unix(0, 0))), mock
}

func TestGet(t *testing.T) {
	products, mock := open(t)
	mock.ExpectQuery(`SELECT \* FROM "products"`).
		WillReturnRows(sqlmock.NewRows([]string{"id", "sku"}).AddRow("prd_1", "MUG-1"))
	if p, err := products.Get(context.Background(), "prd_1"); err != nil || p.SKU != "MUG-1" {
		t.Errorf("Get = %v, %v", p, err)
	}
	mock.ExpectQuery(`SELECT`).WillReturnRows(sqlmock.NewRows([]string{"id"}))
	if _, err := products.Get(context.Background(), "prd_0"); !errors.Is(err, contracts.ErrNotFound) {
		t.Errorf("unknown product: %v", err)
	}
}

func TestReserve(t *testing.T) {
	products, mock := open(t)
	for affected, want := range map[int64]error{1: nil, 0: contracts.ErrOutOfStock} {
		mock.ExpectExec(`UPDATE "products" SET "stock"=stock - \$1`).
			WillReturnResult(sqlmock.NewResult(0, affected))
		if err := products.Reserve(context.Background(), "prd_1", 2); !errors.Is(err, want) {
			t.Errorf("%d rows: %v, want %v", affected, err, want)
		}
	}
}

func TestMatching(t *testing.T) {
	db, err := gorm.Open(tests.DummyDialector{}, &gorm.Config{DryRun: true})
	if err != nil {
		t.Fatal(err)
	}
	stmt := db.Scopes(matching(contracts.Filter{Text: "100%", OnlyAvailable: true})).
		Find(&[]models.Product{}).Statement
	want := "SELECT * FROM `products` WHERE status = ? AND name ILIKE ? AND stock > 0 AND `products`.`deleted_at` IS NULL"
	if got := stmt.SQL.String(); got != want {
		t.Errorf("query:\n%s\nwant\n%s", got, want)
	}
	if got := stmt.Vars[1]; got != `%100\%%` {
		t.Errorf("pattern %q", got)
	}
}

func TestRank(t *testing.T) {
	rows := []models.Product{{ID: "a"}, {ID: "b"}, {ID: "c"}}
	rank(rows, map[id.ProductID]int{"b": 9, "c": 2})
	if rows[0].ID != "b" || rows[1].ID != "c" {
		t.Errorf("rank = %v", rows)
	}
}

func TestGross(t *testing.T) {
	if got, err := Gross(money.New(1000, money.EUR)); err != nil || got != money.New(1190, money.EUR) {
		t.Errorf("Gross = %v, %v", got, err)
	}
}
