package pattern

import (
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestMatch(t *testing.T) {
	for _, tt := range []struct {
		pattern string
		yes, no []string
	}{
		{".", []string{"."}, []string{"a"}},
		{"...", []string{".", "a", "a/b"}, nil},
		{"a", []string{"a"}, []string{".", "a/b", "ab"}},
		{"a/", []string{"a"}, []string{"a/b"}},
		{"./a", []string{"a"}, nil},
		{"*", []string{"a", "ab"}, []string{".", "a/b"}},
		{"a*c", []string{"ac", "abc", "abcc"}, []string{"a/c", "ab"}},
		{"products/*", []string{"products/billing"}, []string{"products", "products/a/b"}},
		{"products/...", []string{"products", "products/a", "products/a/b"}, []string{"productsx", "x/products"}},
		{".../models", []string{"models", "a/models", "a/b/models"}, []string{"models/x"}},
		{"a/.../b", []string{"a/b", "a/x/b", "a/x/y/b"}, []string{"a", "b", "a/b/c"}},
		{"a/.../b/.../c", []string{"a/b/c", "a/x/b/b/y/c"}, []string{"a/c/b"}},
		{"{a,b/{c,d}}/x", []string{"a/x", "b/c/x", "b/d/x"}, []string{"b/x"}},
		{"facade{,test}", []string{"facade", "facadetest"}, []string{"facadex"}},
		{"github.com/posthog/posthog-go/...", []string{"github.com/posthog/posthog-go"}, []string{"github.com/posthog"}},
	} {
		p, err := Compile(tt.pattern)
		if err != nil {
			t.Errorf("%s: %v", tt.pattern, err)
			continue
		}
		for _, path := range tt.yes {
			if !p.Match(path) {
				t.Errorf("%s does not match %s", tt.pattern, path)
			}
		}
		for _, path := range tt.no {
			if p.Match(path) {
				t.Errorf("%s matches %s", tt.pattern, path)
			}
		}
	}
}

func TestCompileErrors(t *testing.T) {
	for pattern, want := range map[string]string{
		"":                         "empty",
		"/abs":                     "absolute",
		`C:\x`:                     "absolute",
		"a/**":                     `write "..."`,
		"../a":                     `".."`,
		"a/../b":                   `".."`,
		"a//b":                     "empty path element",
		"a/./b":                    `"."`,
		"a...":                     "stand alone",
		"a/{b":                     `without "}"`,
		"a}/b":                     `without "{"`,
		"a?":                       "dialect",
		"(a|b)":                    "dialect",
		"a b":                      "space",
		`a\b`:                      "backslash",
		strings.Repeat("{a,b}", 9): "alternatives",
	} {
		_, err := Compile(pattern)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error %v, want one about %s", pattern, err, want)
		}
	}
}

func TestCompare(t *testing.T) {
	// Each pattern is more specific than the next for the path.
	const path = "products/billing/api"
	order := []string{
		"products/billing/api",
		"products/billing/a*",
		"products/billing/*",
		"products/billing/...",
		"products/b*/api",
		"products/*/api",
		"products/...",
		"*/billing/api",
		"*/*/*",
		"*/*/*/...",
		".../api",
		"...",
	}
	for i := range order {
		for j := range order {
			got := Compare(MustCompile(order[i]), MustCompile(order[j]), path)
			if want := j - i; got*want < 0 || (got == 0) != (want == 0) {
				t.Errorf("Compare(%s, %s) = %d", order[i], order[j], got)
			}
		}
	}
}

// FuzzMatch holds the matcher to a naive translation to regular expressions.
func FuzzMatch(f *testing.F) {
	for _, seed := range [][2]string{{"a/.../b", "a/x/b"}, {"*/a*b/...", "x/ab/c"}, {"{a,b}", "a"}, {"...", "."}} {
		f.Add(seed[0], seed[1])
	}
	f.Fuzz(func(t *testing.T, text, path string) {
		p, err := Compile(text)
		if err != nil || len(path) > 40 || strings.Contains(path, "//") || strings.Trim(path, "/") != path || path == "" ||
			strings.Contains(path, "\n") || !utf8.ValidString(path) {
			return
		}
		want := false
		for _, alt := range p.alts {
			want = want || naive(alt).MatchString(strings.TrimPrefix("/"+path, "/."))
		}
		if strings.HasPrefix(path, ".") {
			return // the base directory has its own cases above
		}
		if got := p.Match(path); got != want {
			t.Errorf("%q on %q: %v, want %v", text, path, got, want)
		}
	})
}

func naive(e elements) *regexp.Regexp {
	var b strings.Builder
	for _, element := range e {
		if element == "..." {
			b.WriteString("(/[^/]+)*")
			continue
		}
		b.WriteString("/" + strings.ReplaceAll(regexp.QuoteMeta(element), `\*`, "[^/]*"))
	}
	return regexp.MustCompile("^" + b.String() + "$")
}
