package db

import (
	"context"
	"errors"
	"testing"

	"github.com/DATA-DOG/go-sqlmock"
)

func TestInTx(t *testing.T) {
	conn, mock, err := sqlmock.New()
	if err != nil {
		t.Fatal(err)
	}
	mock.ExpectBegin()
	mock.ExpectCommit()
	mock.ExpectBegin()
	mock.ExpectRollback()

	committed := 0
	work := func(result error) error {
		return InTx(context.Background(), conn, func(tx *Tx) error {
			tx.AfterCommit(func() { committed++ })
			return result
		})
	}
	if err := work(nil); err != nil || committed != 1 {
		t.Errorf("success: %v, %d callbacks", err, committed)
	}
	boom := errors.New("boom")
	if err := work(boom); !errors.Is(err, boom) || committed != 1 {
		t.Errorf("failure: %v, %d callbacks", err, committed)
	}
	if err := mock.ExpectationsWereMet(); err != nil {
		t.Error(err)
	}
}
