package logic

import (
	"context"
	"errors"
	"testing"

	"github.com/DATA-DOG/go-sqlmock"
	"github.com/jmoiron/sqlx"

	accounts "example.com/shop/products/accounts/facade/contracts"
	"example.com/shop/products/catalog/facade/facadetest"
	catalogmodels "example.com/shop/products/catalog/models" // planted: private-import — a test depends on it like any other code
	"example.com/shop/products/search/facade/contracts"
)

func open(t *testing.T) (*Index, sqlmock.Sqlmock) {
	t.Helper()
	conn, mock, err := sqlmock.New()
	if err != nil {
		t.Fatal(err)
	}
	return NewIndex(sqlx.NewDb(conn, "pgx"), facadetest.New(facadetest.Mug())), mock
}

var columns = []string{"product_id", "title", "category", "clicks"}

func TestFind(t *testing.T) {
	index, mock := open(t)
	mock.ExpectQuery(`plainto_tsquery`).WithArgs("mug", 50).
		WillReturnRows(sqlmock.NewRows(columns).AddRow("prd_mug", "Mug", "Kitchen", 4))
	got, err := index.Find(context.Background(), contracts.Query{Text: " mug "})
	if err != nil || len(got) != 1 || got[0].Clicks != 4 {
		t.Errorf("Find = %v, %v", got, err)
	}
	if _, err := index.Find(context.Background(), contracts.Query{Text: " "}); !errors.Is(err, contracts.ErrEmptyQuery) {
		t.Errorf("empty query: %v", err)
	}
}

func TestFindForClerks(t *testing.T) {
	index, mock := open(t)
	mock.ExpectQuery(`plainto_tsquery`).WithArgs("mug", 50).
		WillReturnRows(sqlmock.NewRows(columns).AddRow("prd_mug", "Mug", "Kitchen", 4))
	got, err := index.FindFor(context.Background(), accounts.Clerk, contracts.Query{Text: "mug", Limit: 1})
	if err != nil || len(got) != 1 || got[0] != "prd_mug" {
		t.Errorf("FindFor = %v, %v", got, err)
	}
}

func TestReindex(t *testing.T) {
	index, mock := open(t)
	mock.ExpectExec(`INSERT INTO search_documents`).WillReturnResult(sqlmock.NewResult(0, 1))
	if err := index.Reindex(context.Background()); err != nil {
		t.Fatal(err)
	}
	if err := mock.ExpectationsWereMet(); err != nil {
		t.Error(err)
	}
}

func TestDocumentOf(t *testing.T) {
	if got := documentOf(catalogmodels.Product{ID: "prd_1", Name: "Mug"}); got.Title != "Mug" {
		t.Errorf("documentOf = %+v", got)
	}
}
