package logic

import (
	"testing"

	"example.com/shop/products/accounts/models/ent" // planted: private-import — in a test it is judged by this rule alone
)

func TestWelcomeCode(t *testing.T) {
	if got := welcomeCode(&ent.Account{Name: "Ann Lee"}); got != "HELLO-ANN" {
		t.Errorf("welcomeCode = %q", got)
	}
}
