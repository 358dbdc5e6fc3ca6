package logic

import (
	"context"
	"errors"
	"testing"
	"time"

	"entgo.io/ent/dialect"
	entsql "entgo.io/ent/dialect/sql"
	"github.com/DATA-DOG/go-sqlmock"

	"example.com/shop/core/clock"
	"example.com/shop/products/accounts/facade/contracts"
	"example.com/shop/products/accounts/models/ent"
	"example.com/shop/products/accounts/models/ent/account"
)

var now = time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)

func open(t *testing.T) (*Accounts, sqlmock.Sqlmock) {
	t.Helper()
	conn, mock, err := sqlmock.New()
	if err != nil {
		t.Fatal(err)
	}
	client := ent.NewClient(ent.Driver(entsql.OpenDB(dialect.Postgres, conn)))
	return New(client, clock.NewManual(now), "pepper"), mock
}

func TestRegister(t *testing.T) {
	book, mock := open(t)
	mock.ExpectExec(`INSERT INTO "accounts"`).WillReturnResult(sqlmock.NewResult(0, 1))
	got, err := book.Register(context.Background(), contracts.Registration{
		Email: "ann@example.com", Name: "Ann", Password: "correct horse",
	})
	if err != nil {
		t.Fatal(err)
	}
	if got.Email != "ann@example.com" || got.Role != account.RoleCustomer || !got.CreatedAt.Equal(now) {
		t.Errorf("Register = %v", got)
	}
	if got.PasswordHash == "correct horse" {
		t.Error("the password is stored as it is")
	}
}

func TestAuthenticate(t *testing.T) {
	hash, err := hashPassword("correct horse", "pepper")
	if err != nil {
		t.Fatal(err)
	}
	for password, want := range map[string]error{
		"correct horse": nil,
		"battery":       contracts.ErrCredentials,
	} {
		book, mock := open(t)
		mock.ExpectQuery(`SELECT .* FROM "accounts"`).WithArgs("ann@example.com").
			WillReturnRows(sqlmock.NewRows(account.Columns).
				AddRow("acc_1", "ann@example.com", "Ann", "customer", hash, now))
		if _, err := book.Authenticate(context.Background(), "ann@example.com", password); !errors.Is(err, want) {
			t.Errorf("%q: %v, want %v", password, err, want)
		}
	}
}

func TestGetUnknown(t *testing.T) {
	book, mock := open(t)
	mock.ExpectQuery(`SELECT`).WillReturnRows(sqlmock.NewRows(account.Columns))
	if _, err := book.Get(context.Background(), "acc_0"); !errors.Is(err, contracts.ErrNotFound) {
		t.Errorf("Get = %v", err)
	}
}
