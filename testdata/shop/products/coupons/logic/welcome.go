package logic

import (
	"strings"

	"example.com/shop/products/accounts/models/ent" // planted: private-import, undeclared-dependency — a model of a product that coupons does not even depend on
)

// welcomeCode is the code that a new customer gets by mail.
func welcomeCode(a *ent.Account) string {
	first, _, _ := strings.Cut(a.Name, " ")
	return "HELLO-" + strings.ToUpper(first)
}
