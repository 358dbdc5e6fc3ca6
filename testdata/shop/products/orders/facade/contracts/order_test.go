package contracts

import "testing"

func TestFinal(t *testing.T) {
	for s, want := range map[Status]bool{Placed: false, Shipped: true, Cancelled: true} {
		if got := s.Final(); got != want {
			t.Errorf("%s: %v", s, got)
		}
	}
}
