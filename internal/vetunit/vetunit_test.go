package vetunit

import (
	"io"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
)

func TestAsked(t *testing.T) {
	for line, want := range map[string]bool{
		"":                               false,
		"-V=full":                        true,
		"-flags":                         true,
		"vet.cfg":                        true,
		"-json /tmp/b001/vet.cfg":        true,
		"-raw 1 -json /tmp/b001/vet.cfg": true,
		"-source= -raw=1 -- ./x":         true,
		"check":                          false,
		"check --config other.cfg":       false,
		"-C dir check":                   false,
		"-C . check --config my.cfg":     false,
		"-json -raw 1 vet.cfg":           false, // the go command gives its full name
		"--help":                         false,
		"-V=full check":                  false,
		"why a.cfg":                      false,
	} {
		if got := Asked(strings.Fields(line)); got != want {
			t.Errorf("Asked(%q) = %v", line, got)
		}
	}
}

func TestFlagsChooseAnalyzers(t *testing.T) {
	run := func(*analysis.Pass) (any, error) { return nil, nil }
	suite := []*analysis.Analyzer{{Name: "a", Doc: "a", Run: run}, {Name: "b", Doc: "b", Run: run}, {Name: "d", Doc: "d", Run: run}}
	for line, want := range map[string]string{
		"x.cfg":                 "a b d",
		"-c=2 x.cfg":            "a b d",
		"-a x.cfg":              "a",
		"-a -d x.cfg":           "a d",
		"-b=false x.cfg":        "a d",
		"-a -b=false x.cfg":     "a",
		"-a=true -raw=1 x.cfg":  "a b d", // the command does not mean what GOFLAGS says
		"-a=false -raw=1 x.cfg": "a b d",
	} {
		opt, err := parseFlags(strings.Fields(line), suite, io.Discard)
		if err != nil {
			t.Errorf("%s: %v", line, err)
			continue
		}
		var names []string
		for _, a := range opt.suite {
			names = append(names, a.Name)
		}
		if got := strings.Join(names, " "); got != want || opt.file != "x.cfg" {
			t.Errorf("%s: %q of %q, want %q", line, got, opt.file, want)
		}
	}
	for _, line := range []string{"-e x.cfg", "-diff x.cfg", "-a=maybe x.cfg"} {
		if _, err := parseFlags(strings.Fields(line), suite, io.Discard); err == nil {
			t.Errorf("%s was accepted", line)
		}
	}
}

func FuzzReadReports(f *testing.F) {
	f.Add("# example.com/p\n" + `{"Package":"example.com/p","Files":["p.go"]}` + "\np.go:1:1: no\n")
	f.Add(`{"Package":`)
	f.Fuzz(func(t *testing.T, said string) {
		var reports []Report
		rest, err := ReadReports(strings.NewReader(said), func(r Report) { reports = append(reports, r) })
		if err != nil {
			t.Fatal(err)
		}
		lines := slices.Collect(strings.Lines(said))
		if left := slices.Collect(strings.Lines(rest)); len(left)+len(reports) != len(lines) {
			t.Errorf("%d lines became %d reports and %d lines", len(lines), len(reports), len(left))
		}
	})
}
