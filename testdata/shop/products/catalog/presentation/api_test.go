package presentation

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/DATA-DOG/go-sqlmock"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"

	"example.com/shop/core/clock"
	"example.com/shop/products/catalog/facade"
)

func serve(t *testing.T, expect func(sqlmock.Sqlmock), target string) *httptest.ResponseRecorder {
	t.Helper()
	conn, mock, err := sqlmock.New()
	if err != nil {
		t.Fatal(err)
	}
	expect(mock)
	db, err := gorm.Open(postgres.New(postgres.Config{Conn: conn}), &gorm.Config{})
	if err != nil {
		t.Fatal(err)
	}
	api := New(facade.New(facade.Deps{DB: db, Clock: clock.System{}}))
	mux := http.NewServeMux()
	mux.HandleFunc("GET /products", api.List)
	mux.HandleFunc("GET /products/{id}", api.Get)
	w := httptest.NewRecorder()
	mux.ServeHTTP(w, httptest.NewRequest("GET", target, nil))
	return w
}

func TestList(t *testing.T) {
	w := serve(t, func(m sqlmock.Sqlmock) {
		m.ExpectQuery(`name ILIKE`).WillReturnRows(
			sqlmock.NewRows([]string{"id", "sku", "price_minor", "currency", "created_at"}).
				AddRow("prd_1", "MUG-1", 900, "EUR", time.Now()))
	}, "/products?q=mug")
	if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), `"price":{"minor":900,"currency":"EUR"}`) {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

func TestGetMalformed(t *testing.T) {
	if w := serve(t, func(sqlmock.Sqlmock) {}, "/products/17"); w.Code != http.StatusBadRequest {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}
