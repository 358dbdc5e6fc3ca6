package posthog

import "testing"

func TestCapture(t *testing.T) {
	got := capture("acc_1", "order placed", []Detail{{"total", "12.30 EUR"}})
	if got.DistinctId != "acc_1" || got.Event != "order placed" || got.Properties["total"] != "12.30 EUR" {
		t.Errorf("capture = %+v", got)
	}
}
