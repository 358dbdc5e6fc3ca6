package crockford

import "testing"

func TestRandom(t *testing.T) {
	a, b := Random(), Random()
	if a == b {
		t.Fatalf("two random ids are equal: %s", a)
	}
	if len(a) != 16 || !Valid(a) {
		t.Errorf("Random() = %q", a)
	}
}

func TestValid(t *testing.T) {
	for s, want := range map[string]bool{"": false, "0az": true, "iou": false, "a-b": false} {
		if got := Valid(s); got != want {
			t.Errorf("Valid(%q) = %v", s, got)
		}
	}
}
