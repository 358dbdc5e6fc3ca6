package httpx

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestFail(t *testing.T) {
	missing := errors.New("no such thing")
	statuses := Statuses{missing: http.StatusNotFound}
	for err, want := range map[error]int{
		fmt.Errorf("looking: %w", missing): http.StatusNotFound,
		errors.New("disk on fire"):         http.StatusInternalServerError,
	} {
		w := httptest.NewRecorder()
		statuses.Fail(w, err)
		if w.Code != want {
			t.Errorf("%v: %d, want %d", err, w.Code, want)
		}
	}
}

func TestDecodeRefusesUnknownFields(t *testing.T) {
	type form struct{ Name string }
	r := httptest.NewRequest("POST", "/", strings.NewReader(`{"Name":"a","Admin":true}`))
	if f, err := Decode[form](r); err == nil {
		t.Errorf("Decode = %+v", f)
	}
}

func TestPage(t *testing.T) {
	r := httptest.NewRequest("GET", "/?limit=7&offset=x", nil)
	if p := Page(r); p.Limit != 7 || p.Offset != 0 {
		t.Errorf("Page = %+v", p)
	}
}
