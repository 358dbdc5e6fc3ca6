package main

import (
	"context"
	"io"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestRunNeedsSettings(t *testing.T) {
	err := run(context.Background(), func(string) string { return "" })
	if err == nil || !strings.Contains(err.Error(), "SHOP_DATABASE_URL") {
		t.Errorf("run = %v", err)
	}
}

func TestSigner(t *testing.T) {
	w := httptest.NewRecorder()
	signer("secret")(w, httptest.NewRequest("POST", "/debug/sign", strings.NewReader("{}")))
	if signature, _ := io.ReadAll(w.Body); len(signature) != 64 {
		t.Errorf("signature %q", signature)
	}
}
