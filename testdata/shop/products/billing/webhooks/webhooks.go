// Package webhooks hears from the bank. The server mounts Handler; the rest
// is nobody's business, see the interface for it in boundaries.toml.
package webhooks

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"net/http"

	"example.com/shop/core/id"
	"example.com/shop/products/billing/facade"
	"example.com/shop/products/billing/facade/contracts"
)

// Delivery is what the bank sends.
type Delivery struct {
	Invoice id.InvoiceID `json:"invoice"`
	Event   string       `json:"event"`
}

// Handler returns the handler of deliveries that are signed with secret.
func Handler(f *facade.Facade, secret string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 1<<16))
		if err != nil || !Signed(secret, r.Header.Get("X-Signature"), body) {
			http.Error(w, "bad signature", http.StatusForbidden)
			return
		}
		var d Delivery
		if err := json.Unmarshal(body, &d); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		if d.Event == "paid" {
			err = f.MarkPaid(r.Context(), d.Invoice)
		}
		// The bank repeats itself: a payment that is known is no failure.
		if err != nil && !errors.Is(err, contracts.ErrAlreadyPaid) {
			http.Error(w, "try again", http.StatusInternalServerError)
		}
	})
}

// Sign returns the signature of a body.
func Sign(secret string, body []byte) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write(body)
	return hex.EncodeToString(mac.Sum(nil))
}

// Signed reports whether signature belongs to body.
func Signed(secret, signature string, body []byte) bool {
	return hmac.Equal([]byte(signature), []byte(Sign(secret, body)))
}
