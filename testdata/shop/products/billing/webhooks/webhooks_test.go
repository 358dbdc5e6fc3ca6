package webhooks

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestHandlerChecksTheSignature(t *testing.T) {
	const body = `{"invoice":"inv_1","event":"opened"}`
	for signature, want := range map[string]int{
		Sign("secret", []byte(body)): http.StatusOK,
		Sign("guess", []byte(body)):  http.StatusForbidden,
		"":                           http.StatusForbidden,
	} {
		r := httptest.NewRequest("POST", "/webhooks/bank", strings.NewReader(body))
		r.Header.Set("X-Signature", signature)
		w := httptest.NewRecorder()
		Handler(nil, "secret").ServeHTTP(w, r)
		if w.Code != want {
			t.Errorf("signature %q: %d, want %d", signature, w.Code, want)
		}
	}
}
