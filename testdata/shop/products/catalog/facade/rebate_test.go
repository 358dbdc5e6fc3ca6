package facade

import "testing"

func TestBest(t *testing.T) {
	f := New(Deps{})
	for n, want := range map[int]int{1: 0, 10: 5, 99: 5, 500: 12} {
		if got := f.Best(n); got != want {
			t.Errorf("%d pieces: %d per cent, want %d", n, got, want)
		}
	}
}
