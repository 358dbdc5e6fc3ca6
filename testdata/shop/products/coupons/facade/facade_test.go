package facade

import (
	"context"
	"testing"
	"time"

	"github.com/DATA-DOG/go-sqlmock"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"

	"example.com/shop/core/clock"
	"example.com/shop/core/money"
)

func TestApply(t *testing.T) {
	conn, mock, err := sqlmock.New()
	if err != nil {
		t.Fatal(err)
	}
	db, err := gorm.Open(postgres.New(postgres.Config{Conn: conn}), &gorm.Config{})
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)
	mock.ExpectQuery(`FROM "coupons"`).WillReturnRows(
		sqlmock.NewRows([]string{"id", "code", "percent_off", "expires_at"}).
			AddRow("cpn_1", "SPRING", 25, now.Add(time.Hour)))
	got, err := New(db, clock.NewManual(now)).Apply(context.Background(), "SPRING", money.New(1000, money.EUR))
	if err != nil || got != money.New(750, money.EUR) {
		t.Errorf("Apply = %v, %v", got, err)
	}
}
