package main

import (
	"context"
	"testing"

	"example.com/shop/cmd/internal/wiring"
)

func TestJobsAreNamed(t *testing.T) {
	if j := rank(&wiring.Shop{}); j.Name == "" || j.Every == 0 {
		t.Errorf("job %+v", j)
	}
}

func TestStocked(t *testing.T) {
	if p, err := stocked(context.Background()); err != nil || p.Name != "Mug" {
		t.Errorf("stocked = %v, %v", p, err)
	}
}

func TestReplayIsSigned(t *testing.T) {
	r, err := replay(context.Background(), "http://localhost/", "secret", []byte("{}"))
	if err != nil || len(r.Header.Get("X-Signature")) != 64 {
		t.Errorf("replay = %v, %v", r, err)
	}
}
