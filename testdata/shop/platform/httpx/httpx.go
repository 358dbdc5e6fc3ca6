// Package httpx is the little that all HTTP handlers of the shop share.
package httpx

import (
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
)

// maxBody limits what a client may send.
const maxBody = 1 << 20

// JSON answers with v.
func JSON(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	if err := json.NewEncoder(w).Encode(v); err != nil {
		slog.Error("httpx: writing the answer", "err", err)
	}
}

// Problem answers with an error message.
func Problem(w http.ResponseWriter, status int, msg string) {
	JSON(w, status, map[string]string{"error": msg})
}

// Decode reads a T from the body of r.
func Decode[T any](r *http.Request) (T, error) {
	var v T
	dec := json.NewDecoder(http.MaxBytesReader(nil, r.Body, maxBody))
	dec.DisallowUnknownFields()
	err := dec.Decode(&v)
	return v, err
}

// Statuses says which error is which HTTP status.
type Statuses map[error]int

// Fail answers with the status of err, or with 500.
func (s Statuses) Fail(w http.ResponseWriter, err error) {
	for target, status := range s {
		if errors.Is(err, target) {
			Problem(w, status, target.Error())
			return
		}
	}
	slog.Error("httpx: unexpected", "err", err)
	Problem(w, http.StatusInternalServerError, "internal error")
}
