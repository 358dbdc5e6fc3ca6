package main

import (
	"strings"
	"testing"
)

func TestQuestions(t *testing.T) {
	var out strings.Builder
	ask := questions(strings.NewReader("\ny\nYes \nn\nwhat?\n"), &out)
	for i, want := range []bool{true, true, true, false, false, false} {
		if got := ask("Well?"); got != want {
			t.Errorf("answer %d counts as %v", i, got)
		}
	}
	if !strings.HasPrefix(out.String(), "Well? [Y/n] Well? [Y/n] ") {
		t.Errorf("asked %q", out.String())
	}
}
