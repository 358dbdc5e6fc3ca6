package facade

import (
	"testing"
	"time"

	"example.com/shop/products/accounts/facade/contracts"
	"example.com/shop/products/accounts/models/ent"
	"example.com/shop/products/accounts/models/ent/account"
)

func TestToAccount(t *testing.T) {
	since := time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC)
	got := toAccount(&ent.Account{
		ID: "acc_1", Email: "ann@example.com", Name: "Ann", Role: account.RoleClerk,
		PasswordHash: "never to be seen", CreatedAt: since,
	})
	want := contracts.Account{
		ID: "acc_1", Email: "ann@example.com", Name: "Ann", Role: contracts.Clerk, Since: since,
	}
	if got != want {
		t.Errorf("toAccount = %+v, want %+v", got, want)
	}
}
