package contracts

import (
	"database/sql" // planted: impure-contract — contracts know no database
	"net/http"     // planted: impure-contract — contracts know no HTTP
	"time"

	"example.com/shop/core/id"
	"example.com/shop/core/money"
)

// StatusCode is the answer to those who have not paid.
const StatusCode = http.StatusPaymentRequired

// Refund is money that goes back.
type Refund struct {
	Invoice    id.InvoiceID
	Amount     money.Money
	AskedAt    time.Time
	RefundedAt sql.NullTime // planted: orm-value-leak — a database value; optional.Option[time.Time] says as much
}

// Late reports whether the customer waits too long.
func (r Refund) Late() bool { return time.Since(r.AskedAt) > 30*24*time.Hour } // planted: impure-contract — reads the clock

// LateAt reports whether the customer waits too long at some time.
func (r Refund) LateAt(now time.Time) bool { return now.Sub(r.AskedAt) > 30*24*time.Hour }

// Announce tells a listener of the refund.
func (r Refund) Announce(to chan<- Refund) { to <- r } // planted: impure-contract — a contract does not send

// Advice returns what the clerk should do.
func (r Refund) Advice(now time.Time) string { // planted: impure-contract — this is business logic
	days := int(now.Sub(r.AskedAt).Hours() / 24)
	advice := "wait"
	if r.RefundedAt.Valid {
		advice = "close"
	}
	if !r.RefundedAt.Valid && days > 7 {
		advice = "ask the bank"
	}
	if !r.RefundedAt.Valid && days > 14 {
		advice = "ask the bank again"
	}
	if !r.RefundedAt.Valid && days > 30 {
		advice = "call the customer"
	}
	if r.Invoice == "" {
		advice = "find the invoice"
	}
	if r.AskedAt.IsZero() && advice != "close" {
		advice = "find the letter"
	}
	return advice
}
