package contracts

import (
	"testing"
	"time"
)

func TestOverdueAt(t *testing.T) {
	due := time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC)
	late := due.Add(time.Hour)
	for _, c := range []struct {
		status Status
		now    time.Time
		want   bool
	}{
		{Open, due, false},
		{Open, late, true},
		{Paid, late, false},
	} {
		if got := (Invoice{Status: c.status, DueAt: due}).OverdueAt(c.now); got != c.want {
			t.Errorf("%s at %v: %v", c.status, c.now, got)
		}
	}
}
