package id

import (
	"errors"
	"testing"
)

func TestParseProduct(t *testing.T) {
	fresh := NewProduct()
	got, err := ParseProduct(string(fresh))
	if err != nil || got != fresh {
		t.Fatalf("ParseProduct(%q) = %q, %v", fresh, got, err)
	}
	for _, s := range []string{"", "prd_", "prd_!!", string(NewOrder())} {
		if _, err := ParseProduct(s); !errors.Is(err, ErrMalformed) {
			t.Errorf("ParseProduct(%q) = %v, want ErrMalformed", s, err)
		}
	}
}
