package logic

import (
	"fmt"
	"strings"
	"text/template"

	accounts "example.com/shop/products/accounts/facade/contracts"
	"example.com/shop/products/notifications/backend/facade/contracts"
)

var subjects = map[contracts.Kind]string{
	contracts.OrderPlaced:    "We have your order",
	contracts.OrderCancelled: "Your order is cancelled",
}

var bodies = template.Must(template.New("").Parse(`
{{define "order_placed"}}Dear {{.To.Name}},

thank you. Your order {{.Data.Order}} comes to {{.Data.Total}}.
{{end}}
{{define "order_cancelled"}}Dear {{.To.Name}},

we have cancelled your order {{.Data.Order}}: {{.Data.Reason}}.
{{end}}
`))

// render returns the subject and the body of a mail.
func render(kind contracts.Kind, to accounts.Account, data any) (subject, body string, err error) {
	subject, ok := subjects[kind]
	if !ok {
		return "", "", fmt.Errorf("notifications: no mail for %q", kind)
	}
	var b strings.Builder
	err = bodies.ExecuteTemplate(&b, string(kind), struct {
		To   accounts.Account
		Data any
	}{to, data})
	return subject, b.String(), err
}
