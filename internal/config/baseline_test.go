package config

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func TestBaselineRoundTrip(t *testing.T) {
	known := []Known{
		{Package: "example.com/b", Rule: "private-import", Subject: "example.com/c/models", Count: 2},
		{Package: "example.com/a", Rule: "role-violation", Subject: "example.com/a/logic", Count: 1},
		{Package: "example.com/a", Rule: "orm-leak", Subject: "Service.Get", Count: 3},
		{Package: "example.com/a", Rule: "unowned-package", Count: 1},
		{Package: "boundaries.toml", Rule: "dead-config", Subject: "products has \"x\\y\"\tand\u007f é", Count: 1},
	}
	text := FormatBaseline(known)
	got, problems := ParseBaseline(BaselineFile, text)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	want := []Known{known[4], known[2], known[1], known[3], known[0]}
	if diff := cmp.Diff(want, got, cmpopts.IgnoreFields(Known{}, "Pos")); diff != "" {
		t.Error(diff)
	}
	for i, k := range got {
		if line := strings.Split(string(text), "\n")[k.Pos.Line-1]; !strings.Contains(line, fmt.Sprintf("%q", k.Rule)) {
			t.Errorf("entry %d is said to stand in line %d, which is %s", i, k.Pos.Line, line)
		}
	}
	if again := FormatBaseline(got); string(again) != string(text) {
		t.Errorf("written again it is\n%s", again)
	}
}

func TestBaselineProblems(t *testing.T) {
	const entry = `{ package = "a", rule = "private-import", subject = "b", count = 1 }`
	tests := []struct{ name, src, want string }{
		{"half written", "findings = [\n  " + entry + ",\n  { package = \"a", "f:3:"},
		{"conflict", "findings = [\n<<<<<<< HEAD\n  " + entry + ",\n=======\n>>>>>>> x\n]\n", "f:2:1: has an unresolved merge conflict; keep the lines of both sides and run boundaries check --write-baseline"},
		{"conflict of a merge that stopped", "findings = [\n" + entry + ",\n=======\r\n]\n", "f:3:1: has an unresolved merge conflict"},
		{"twice", "findings = [\n  " + entry + ",\n  " + strings.Replace(entry, "1", "2", 1) + ",\n]\n", "f:3:5: finding is listed already in line 2; keep the one with the lower count"},
		{"nothing", "", "f:1:1: has no findings, not even findings = []: it was cut short"},
		{"half a head", baselineHead[:90], "f:1:1: has no findings"},
		{"no count", `findings = [{ package = "a", rule = "private-import" }]`, "f:1:15: finding has no count"},
		{"count 0", `findings = [{ package = "a", rule = "private-import", count = 0 }]`, "must be between 1 and"},
		{"rule", `findings = [{ package = "a", rule = "private-imports", count = 1 }]`, `unknown rule "private-imports"; did you mean "private-import"?`},
		{"key", `findings = [{ package = "a", rule = "private-import", count = 1, line = 3 }]`, `unknown key "line" in a finding of the baseline`},
		{"table", `[[finding]]`, `unknown key "finding" in f; did you mean "findings"?`},
		{"array of strings", `findings = ["a"]`, "must be a table, not a string"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, problems := ParseBaseline("f", []byte(test.src))
			var all []string
			for _, p := range problems {
				all = append(all, p.String())
			}
			if got := strings.Join(all, "\n"); !strings.Contains(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// Both sides of a merge may keep an entry. The lower count holds.
func TestBaselineMerges(t *testing.T) {
	entry := func(count string) string {
		return `  { package = "a", rule = "private-import", subject = "b", count = ` + count + " },\n"
	}
	for _, test := range []struct {
		counts []string
		clear  bool // without being merged
	}{{[]string{"2", "2"}, true}, {[]string{"3", "2"}, false}, {[]string{"2", "5", "3"}, false}} {
		src := "findings = [\n"
		for _, count := range test.counts {
			src += entry(count)
		}
		src += "]\n"
		if _, problems := ParseBaseline("f", []byte(src)); (len(problems) == 0) != test.clear {
			t.Errorf("%v: problems %v", test.counts, problems)
		}
		known, problems := MergeBaseline("f", []byte(src))
		if len(problems) > 0 || len(known) != 1 || known[0].Count != 2 {
			t.Errorf("%v: merged to %v, %v", test.counts, known, problems)
		}
	}
}

// What is read fast is what is read slowly.
func FuzzBaseline(f *testing.F) {
	for _, tail := range []string{
		"]\n", "  { package = \"a\", rule = \"orm-leak\", subject = \"T\", count = 1 },\n]\n", "  { package = \"a\", rule = \"orm-leak\", count = 12 },\n]\n",
		"  { package = \"a\" #\", rule = \"orm-leak\", count = 1 },\n]\n", "  { package = \"a\", rule = \"orm-leak\", count = 01 },\n]\n", "]\n]\n", "",
	} {
		f.Add([]byte(baselineHead + "findings = [\n" + tail))
	}
	f.Add(FormatBaseline([]Known{{Package: "a", Rule: "orm-leak", Subject: "T.\x00\"", Count: 1}}))
	f.Add([]byte("findings = [{}]\n[[findings]]\n<<<<<<< a\n"))
	f.Fuzz(func(t *testing.T, src []byte) {
		known, problems := parseBaseline("f", src, false)
		if fast, ok := readBaseline("f", src); ok {
			if diff := cmp.Diff(known, fast); diff != "" || len(problems) > 0 {
				t.Fatalf("read fast it is another: %s %v", diff, problems)
			}
		}
		if len(problems) > 0 {
			return
		}
		again, problems := ParseBaseline("f", FormatBaseline(known))
		if len(problems) > 0 || len(again) != len(known) {
			t.Fatalf("what was read is not read again: %v", problems)
		}
	})
}

func BenchmarkParseBaseline(b *testing.B) {
	var known []Known
	for i := range 2000 {
		known = append(known, Known{Package: fmt.Sprintf("example.com/mono/products/p%d/logic", i), Rule: "private-import", Subject: "example.com/mono/products/billing/models", Count: 1})
	}
	src := FormatBaseline(known)
	b.SetBytes(int64(len(src)))
	for b.Loop() {
		ParseBaseline("f", src)
	}
}
