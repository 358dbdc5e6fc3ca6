package config

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/boundaries-dev/boundaries/internal/rule"
)

// readBaseline reads a baseline that is as FormatBaseline wrote it, which it
// mostly is: go vet loads the configuration once for each package, and a
// baseline may have thousands of lines. Of anything else it says nothing; that
// is for those who read all of TOML and know how to complain.
func readBaseline(name string, src []byte) (known []Known, ok bool) {
	text, ok := strings.CutPrefix(string(src), baselineHead+"findings = [\n")
	if !ok || len(src) > maxFile || strings.IndexByte(text, '\\') >= 0 || !utf8.ValidString(text) {
		return nil, false
	}
	text, ok = strings.CutSuffix(text, "]\n")
	known = []Known{}
	line := 1 + strings.Count(baselineHead, "\n")
	for entry := range strings.Lines(text) {
		line++
		k, isEntry := readKnown(entry)
		if !isEntry || len(known) > 0 && known[len(known)-1].Compare(k) >= 0 {
			return nil, false
		}
		k.Pos = Pos{File: name, Line: line, Column: 5, EndColumn: 12} // of the word package
		known = append(known, k)
	}
	return known, ok
}

// readKnown reads one line.
func readKnown(text string) (k Known, ok bool) {
	between := func(before, after string) (value string) {
		if text, ok = strings.CutPrefix(text, before); ok {
			value, text, ok = strings.Cut(text, after)
		}
		return value
	}
	if k.Package = between(`  { package = "`, `", `); !ok {
		return k, false
	}
	if k.Rule = between(`rule = "`, `", `); !ok {
		return k, false
	}
	if strings.HasPrefix(text, "subject") {
		if k.Subject = between(`subject = "`, `", `); !ok {
			return k, false
		}
	}
	count := between("count = ", " },\n")
	if !ok || text != "" || strings.ContainsFunc(k.Package+k.Rule+k.Subject, special) {
		return k, false
	}
	n, err := strconv.Atoi(count)
	k.Count = n
	_, isRule := rule.Find(k.Rule)
	return k, isRule && err == nil && 0 < n && n <= 1<<30 && strconv.Itoa(n) == count
}

// special reports whether a letter does not stand for itself in a string of
// TOML.
func special(r rune) bool { return r == '"' || r < 0x20 || r == 0x7f }
