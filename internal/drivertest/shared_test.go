package drivertest

import (
	"os"
	"strings"
	"testing"
)

// What boundaries check asks go vet about is shared between machines, too,
// also if they have it checked out elsewhere.
func TestCheckSharesAnswersBetweenMachines(t *testing.T) {
	t.Parallel()
	remote := t.TempDir()
	units := func(tr *tree) int {
		t.Helper()
		tr.env = []string{cacheDirs + "=" + remote + string(os.PathListSeparator) + t.TempDir(), "GOCACHEPROG=" + toyTool(t), "GOFLAGS=-trimpath"}
		before, err := os.ReadDir(remote)
		if err != nil {
			t.Fatal(err)
		}
		a := tr.run(".", boundaries, "check", "--rules", "orm-leak")
		if !strings.Contains(a.stdout, "facade.go:5:12: error: ") {
			t.Errorf("got %v", a)
		}
		after, err := os.ReadDir(remote)
		if err != nil {
			t.Fatal(err)
		}
		return len(after) - len(before)
	}
	first := plant(t, edited)
	if n := units(first); n == 0 {
		t.Error("nothing was remembered")
	}
	for name, tr := range map[string]*tree{"the same checkout": first, "another checkout": plant(t, edited)} {
		if n := units(tr); n > 0 {
			t.Errorf("%s: %d things had to be found out again", name, n)
		}
	}
}
