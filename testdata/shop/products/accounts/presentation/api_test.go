package presentation

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/DATA-DOG/go-sqlmock"

	"example.com/shop/core/clock"
	"example.com/shop/platform/vault"
	"example.com/shop/products/accounts/facade"
)

func open(t *testing.T) (*API, sqlmock.Sqlmock) {
	t.Helper()
	conn, mock, err := sqlmock.New()
	if err != nil {
		t.Fatal(err)
	}
	f, err := facade.New(facade.Deps{
		DB:    conn,
		Clock: clock.NewManual(time.Unix(0, 0)),
		Vault: vault.New(fstest.MapFS{"pepper": {Data: []byte("x")}}),
	})
	if err != nil {
		t.Fatal(err)
	}
	return New(f), mock
}

func TestRegister(t *testing.T) {
	api, mock := open(t)
	mock.ExpectExec(`INSERT INTO "accounts"`).WillReturnResult(sqlmock.NewResult(0, 1))
	w := httptest.NewRecorder()
	api.Register(w, httptest.NewRequest("POST", "/accounts",
		strings.NewReader(`{"email":"ann@example.com","name":"Ann","password":"correct horse"}`)))
	if w.Code != http.StatusCreated || !strings.Contains(w.Body.String(), `"role":"customer"`) {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	if strings.Contains(w.Body.String(), "hash") {
		t.Errorf("the hash is in the answer: %s", w.Body)
	}
}

func TestMeNeedsToken(t *testing.T) {
	api, _ := open(t)
	w := httptest.NewRecorder()
	api.Me(w, httptest.NewRequest("GET", "/me", nil))
	if w.Code != http.StatusUnauthorized {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}
