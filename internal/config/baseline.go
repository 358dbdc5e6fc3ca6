package config

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/boundaries-dev/boundaries/internal/rule"
)

// A Known is an entry of the baseline: so many findings of one rule, in one
// package, about one subject, are known. It has no line number, because lines
// move.
type Known struct {
	Package string // import path, or the file of a finding in the configuration
	Rule    string
	Subject string // imported package, symbol or field; "" if it is the package itself
	Count   int
	Pos     Pos
}

// Compare is the order of the entries: by package, so that what one team owes
// stands together, then by rule and subject.
func (k Known) Compare(other Known) int {
	return cmp.Or(cmp.Compare(k.Package, other.Package), cmp.Compare(k.Rule, other.Rule), cmp.Compare(k.Subject, other.Subject))
}

// ParseBaseline reads a baseline. name is its path relative to the root, for
// the complaints.
func ParseBaseline(name string, src []byte) ([]Known, []Problem) {
	if known, ok := readBaseline(name, src); ok {
		return known, nil
	}
	return parseBaseline(name, src, false)
}

// MergeBaseline is ParseBaseline for a baseline that is about to be written
// anew: of an entry that a merge has left twice, the lower count holds.
func MergeBaseline(name string, src []byte) ([]Known, []Problem) {
	return parseBaseline(name, src, true)
}

func parseBaseline(name string, src []byte, merge bool) ([]Known, []Problem) {
	if line, ok := conflict(src); ok {
		return nil, []Problem{{Pos{name, line, 1, 8}, "has an unresolved merge conflict; keep the lines of both sides and run boundaries check --write-baseline"}}
	}
	t, problem := parseTOML(name, src)
	if problem != nil {
		return nil, []Problem{*problem}
	}
	d, known := &decoder{}, []Known{}
	d.table(t, name, fields{"findings": d.tables("findings", func(t *table) {
		if k, ok := d.known(t); ok {
			known = append(known, k)
		}
	})})
	if len(d.problems) == 0 && t.at["findings"] == nil {
		d.complain(Pos{name, 1, 1, 1}, "has no findings, not even findings = []: it was cut short; restore it, or remove it and run boundaries check --write-baseline")
	}
	return d.once(known, merge), d.problems
}

// conflict finds the first line that git leaves where two sides disagree.
func conflict(src []byte) (line int, ok bool) {
	for text := range bytes.Lines(src) {
		line++
		for _, mark := range []string{"<<<<<<<", "|||||||", "=======", ">>>>>>>"} {
			rest, found := bytes.CutPrefix(text, []byte(mark))
			if found && (len(bytes.TrimSpace(rest)) == 0 || rest[0] == ' ') {
				return line, true
			}
		}
	}
	return 0, false
}

func (d *decoder) known(t *table) (Known, bool) {
	k, before := Known{Pos: t.pos}, len(d.problems)
	if len(t.keys) > 0 {
		k.Pos = t.keys[0].pos // the parser does not say where inline tables begin
	}
	d.table(t, "a finding of the baseline", fields{
		"package": d.str(&k.Package),
		"rule":    d.str(&k.Rule),
		"subject": d.str(&k.Subject),
		"count":   d.limit(&k.Count),
	})
	for _, key := range []string{"package", "rule", "count"} {
		if t.at[key] == nil {
			d.complain(k.Pos, "finding has no %s", key)
		}
	}
	if _, ok := rule.Find(k.Rule); !ok && k.Rule != "" {
		d.complain(t.at["rule"].pos, "unknown rule %q%s", k.Rule, didYouMean(k.Rule, rule.Names()))
	}
	return k, len(d.problems) == before
}

// once leaves each entry once, with the lowest of its counts. That a merge
// left different ones is worth a complaint, unless they are to be merged.
func (d *decoder) once(known []Known, merge bool) []Known {
	first := make(map[Known]int, len(known))
	kept := known[:0]
	for _, k := range known {
		key := Known{Package: k.Package, Rule: k.Rule, Subject: k.Subject}
		i, twice := first[key]
		if !twice {
			first[key] = len(kept)
			kept = append(kept, k)
			continue
		}
		if k.Count != kept[i].Count && !merge {
			d.complain(k.Pos, "finding is listed already in line %d; keep the one with the lower count", kept[i].Pos.Line)
		}
		kept[i].Count = min(kept[i].Count, k.Count)
	}
	return kept
}

const baselineHead = `# Findings that are known and not reported, written by boundaries check
# --write-baseline, which keeps no comments. A new one is reported, and so is an
# entry whose finding is gone: this file only shrinks. One line is one entry.

`

// FormatBaseline writes a baseline: sorted, an entry on each line.
func FormatBaseline(known []Known) []byte {
	known = slices.SortedFunc(slices.Values(known), Known.Compare)
	var b bytes.Buffer
	b.WriteString(baselineHead + "findings = [\n")
	for _, k := range known {
		fmt.Fprintf(&b, "  { package = %s, rule = %s, ", quote(k.Package), quote(k.Rule))
		if k.Subject != "" {
			fmt.Fprintf(&b, "subject = %s, ", quote(k.Subject))
		}
		fmt.Fprintf(&b, "count = %d },\n", k.Count)
	}
	b.WriteString("]\n")
	return b.Bytes()
}

// quote writes a TOML basic string.
func quote(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r < 0x20 || r == 0x7f || r == utf8.RuneError:
			fmt.Fprintf(&b, `\u%04X`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}
