// Package contracts is what billing tells the rest of the shop.
package contracts

import (
	"errors"
	"time"

	"example.com/shop/core/id"
	"example.com/shop/core/money"
	"example.com/shop/core/optional"
)

// StandardTaxPercent is the tax on most goods.
const StandardTaxPercent = 19

// PaymentDays is how long a customer may take to pay.
const PaymentDays = 14

// Errors of the facade.
var (
	ErrNotFound    = errors.New("no such invoice")
	ErrAlreadyPaid = errors.New("the invoice is paid already")
	ErrBadAmount   = errors.New("an invoice needs a positive amount")
)

// Status is where an invoice stands.
type Status string

// The statuses.
const (
	Open Status = "open"
	Paid Status = "paid"
	Void Status = "void"
)

// Invoice is a demand for money.
type Invoice struct {
	ID      id.InvoiceID               `json:"id"`
	Order   id.OrderID                 `json:"order"`
	Account id.AccountID               `json:"account"`
	Amount  money.Money                `json:"amount"`
	Status  Status                     `json:"status"`
	DueAt   time.Time                  `json:"dueAt"`
	PaidAt  optional.Option[time.Time] `json:"-"`
}

// OverdueAt reports whether the invoice should have been paid by now.
func (i Invoice) OverdueAt(now time.Time) bool {
	return i.Status == Open && now.After(i.DueAt)
}

// Demand asks for an invoice.
type Demand struct {
	Order   id.OrderID
	Account id.AccountID
	Amount  money.Money
}
