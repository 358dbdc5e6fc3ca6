package logic

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/DATA-DOG/go-sqlmock"
	"github.com/jmoiron/sqlx"

	"example.com/shop/core/clock"
	"example.com/shop/core/money"
	"example.com/shop/platform/bus"
	"example.com/shop/platform/mail"
	"example.com/shop/products/accounts/facade/facadetest"
	"example.com/shop/products/orders/events"
)

func TestOrderPlaced(t *testing.T) {
	conn, mock, err := sqlmock.New()
	if err != nil {
		t.Fatal(err)
	}
	mock.ExpectExec(`INSERT INTO notices`).WillReturnResult(sqlmock.NewResult(0, 1))

	outbox, b := &mail.Outbox{}, bus.New()
	desk := NewDesk(sqlx.NewDb(conn, "pgx"), facadetest.New(facadetest.Ann()), outbox, clock.NewManual(time.Unix(0, 0)))
	for topic, handle := range desk.Handlers() {
		b.Subscribe(topic, handle)
	}
	err = b.Publish(context.Background(), events.Placed{
		Order: "ord_1", Account: "acc_ann", Total: money.New(1800, money.EUR),
	})
	if err != nil {
		t.Fatal(err)
	}
	sent := outbox.Sent()
	if len(sent) != 1 || sent[0].To != "ann@example.com" || !strings.Contains(sent[0].Body, "18.00 EUR") {
		t.Errorf("sent %+v", sent)
	}
}

func TestRenderKnowsEveryKind(t *testing.T) {
	for kind := range subjects {
		if bodies.Lookup(string(kind)) == nil {
			t.Errorf("no body for %q", kind)
		}
	}
	if _, _, err := render("birthday", facadetest.Ann(), nil); err == nil {
		t.Error("a kind that nobody knows was rendered")
	}
}
