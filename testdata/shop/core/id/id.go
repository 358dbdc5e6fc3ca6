// Package id names the things of the shop. Every id is a string with a
// readable prefix, so that a stray one in a log says what it is.
package id

import (
	"errors"
	"strings"

	"example.com/shop/core/crockford"
)

// Ids, one type a thing, so that the compiler keeps them apart.
type (
	AccountID string
	CouponID  string
	InvoiceID string
	OrderID   string
	ProductID string
)

// ErrMalformed says that a string is no id of the wanted kind.
var ErrMalformed = errors.New("id: malformed")

const (
	accountPrefix = "acc_"
	couponPrefix  = "cpn_"
	invoicePrefix = "inv_"
	orderPrefix   = "ord_"
	productPrefix = "prd_"
)

// NewAccount returns a fresh account id.
func NewAccount() AccountID { return AccountID(accountPrefix + crockford.Random()) }

// NewCoupon returns a fresh coupon id.
func NewCoupon() CouponID { return CouponID(couponPrefix + crockford.Random()) }

// NewInvoice returns a fresh invoice id.
func NewInvoice() InvoiceID { return InvoiceID(invoicePrefix + crockford.Random()) }

// NewOrder returns a fresh order id.
func NewOrder() OrderID { return OrderID(orderPrefix + crockford.Random()) }

// NewProduct returns a fresh product id.
func NewProduct() ProductID { return ProductID(productPrefix + crockford.Random()) }

// ParseOrder reads an order id that came from outside.
func ParseOrder(s string) (OrderID, error) {
	return OrderID(s), check(s, orderPrefix)
}

// ParseProduct reads a product id that came from outside.
func ParseProduct(s string) (ProductID, error) {
	return ProductID(s), check(s, productPrefix)
}

func check(s, prefix string) error {
	body, ok := strings.CutPrefix(s, prefix)
	if !ok || !crockford.Valid(body) {
		return ErrMalformed
	}
	return nil
}
