package money

import (
	"encoding/json"
	"errors"
	"testing"
)

func TestAdd(t *testing.T) {
	sum, err := New(250, EUR).Add(New(125, EUR))
	if err != nil || sum != New(375, EUR) {
		t.Errorf("2.50 + 1.25 = %v, %v", sum, err)
	}
	if _, err := New(1, EUR).Add(New(1, USD)); !errors.Is(err, ErrCurrency) {
		t.Errorf("EUR + USD: %v", err)
	}
	if sum, _ := (Money{}).Add(New(5, GBP)); sum != New(5, GBP) {
		t.Errorf("nothing + 0.05 GBP = %v", sum)
	}
}

func TestString(t *testing.T) {
	for m, want := range map[Money]string{
		New(1230, EUR):         "12.30 EUR",
		New(-5, USD):           "-0.05 USD",
		New(999, GBP).Times(2): "19.98 GBP",
	} {
		if got := m.String(); got != want {
			t.Errorf("%d: %q, want %q", m.Minor(), got, want)
		}
	}
}

func TestJSON(t *testing.T) {
	data, err := json.Marshal(New(7, GBP))
	if err != nil {
		t.Fatal(err)
	}
	var back Money
	if err := json.Unmarshal(data, &back); err != nil || back != New(7, GBP) {
		t.Errorf("%s came back as %v, %v", data, back, err)
	}
}
