package session

import (
	"errors"
	"testing"
	"time"

	"example.com/shop/core/clock"
)

func TestVerify(t *testing.T) {
	clk := clock.NewManual(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC))
	issuer := NewIssuer(clk, "secret")
	token := issuer.Issue("acc_1")

	if who, err := issuer.Verify(token); err != nil || who != "acc_1" {
		t.Errorf("fresh token: %q, %v", who, err)
	}
	if _, err := NewIssuer(clk, "other").Verify(token); !errors.Is(err, ErrInvalid) {
		t.Errorf("foreign token: %v", err)
	}
	if _, err := issuer.Verify("nonsense"); !errors.Is(err, ErrInvalid) {
		t.Errorf("nonsense: %v", err)
	}
	clk.Advance(Life + time.Second)
	if _, err := issuer.Verify(token); !errors.Is(err, ErrInvalid) {
		t.Errorf("old token: %v", err)
	}
}
