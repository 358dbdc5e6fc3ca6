package contracts

import (
	"testing"
	"time"
)

func TestLateAt(t *testing.T) {
	asked := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	r := Refund{Invoice: "inv_1", AskedAt: asked}
	for days, want := range map[int]bool{0: false, 30: false, 31: true} {
		if got := r.LateAt(asked.AddDate(0, 0, days)); got != want {
			t.Errorf("after %d days: %v", days, got)
		}
	}
	if got := r.Advice(asked.AddDate(0, 0, 20)); got != "ask the bank again" {
		t.Errorf("Advice = %q", got)
	}
}
