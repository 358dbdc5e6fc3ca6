package contracts

import "testing"

func TestCanRefund(t *testing.T) {
	for r, want := range map[Role]bool{Customer: false, Clerk: true, Admin: true, "": false} {
		if got := r.CanRefund(); got != want {
			t.Errorf("%q: %v", r, got)
		}
	}
}
