package config

import (
	"fmt"
	"strings"
)

// An Entry is a new [[modules]] entry.
type Entry struct {
	Path      string
	DependsOn []Dependency // nil: no such key
	Owners    []string
}

// String writes the entry, without a line break at its end.
func (n Entry) String() string {
	var out strings.Builder
	out.WriteString("[[modules]]\npath       = " + Quote(n.Path))
	if keys := n.Keys(); keys != "" {
		out.WriteString("\n" + strings.TrimSuffix(keys, "\n"))
	}
	return out.String()
}

// Keys writes what the entry says of its module, as a product.toml does.
func (n Entry) Keys() string {
	var out strings.Builder
	if n.DependsOn != nil {
		array := "[" + join(items(n.DependsOn, '"'), "", ", ") + "]"
		out.WriteString("depends_on = " + wrap(array, len("depends_on = "), "\n", "") + "\n")
	}
	if n.Owners != nil {
		out.WriteString("owners     = " + QuoteList(n.Owners) + "\n")
	}
	return out.String()
}

func (n Entry) inline() string {
	text := "{ path = " + Quote(n.Path)
	if n.DependsOn != nil {
		text += ", depends_on = [" + join(items(n.DependsOn, '"'), "", ", ") + "]"
	}
	if n.Owners != nil {
		text += ", owners = " + QuoteList(n.Owners)
	}
	return text + " }"
}

// QuoteList writes an array of strings as TOML does, on one line.
func QuoteList(words []string) string {
	quoted := make([]string, len(words))
	for i, w := range words {
		quoted[i] = Quote(w)
	}
	return "[" + strings.Join(quoted, ", ") + "]"
}

// quoteOf returns the quote that the strings of an array are written with.
func quoteOf(text string, elems []element) byte {
	if len(elems) > 0 && text[elems[0].start] == '\'' {
		return '\''
	}
	return '"'
}

// items writes entries of depends_on. One that stands in the configuration
// already is copied as it is written there.
func items(deps []Dependency, quote byte) []item {
	items := make([]item, len(deps))
	for i, d := range deps {
		items[i] = item{d.String(), spell(d, quote)}
	}
	return items
}

func spell(d Dependency, quote byte) string {
	switch {
	case !d.Deprecated && d.Reason == "":
		if quote == '\'' && !strings.Contains(d.String(), "'") {
			return "'" + d.String() + "'"
		}
		return Quote(d.String())
	}
	text := "{ path = " + Quote(d.String())
	if d.Deprecated {
		text += ", deprecated = true"
	}
	if d.Reason != "" {
		text += ", reason = " + Quote(d.Reason)
	}
	return text + " }"
}

// Quote writes a string as TOML does.
func Quote(s string) string {
	var out strings.Builder
	out.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			out.WriteByte('\\')
			out.WriteRune(r)
		case r == '\n':
			out.WriteString(`\n`)
		case r == '\t':
			out.WriteString(`\t`)
		case r < ' ' || r == 0x7f:
			fmt.Fprintf(&out, `\u%04X`, r)
		default:
			out.WriteRune(r)
		}
	}
	out.WriteByte('"')
	return out.String()
}
