package config

import "strings"

// Here is where the parts of a TOML file begin and end. The library's parser
// does not say that of arrays and commas. The text is known to be valid TOML,
// so there is nothing to doubt.

// An element is a value of an array, text[start:end], and the offset of the
// comma behind it, or -1.
type element struct{ start, end, comma int }

// scanArray returns the elements of the array that begins at an offset, and
// where it ends.
func scanArray(text string, at int) (elems []element, end int) {
	for i := at + 1; i < len(text); {
		switch c := text[i]; {
		case c == ']':
			return elems, i + 1
		case c == '#':
			i = endOfLine(text, i)
		case c == ',':
			if len(elems) > 0 {
				elems[len(elems)-1].comma = i
			}
			i++
		case isSpace(c):
			i++
		default:
			stop := skipValue(text, i)
			elems = append(elems, element{i, stop, -1})
			i = stop
		}
	}
	return elems, len(text)
}

// skipValue returns the end of the value that begins at an offset. It is
// always beyond it, if there is text left.
func skipValue(text string, at int) int {
	switch text[at] {
	case '"', '\'':
		return skipString(text, at)
	case '[', '{':
		return skipNested(text, at)
	}
	if i := strings.IndexAny(text[at+1:], ",]} \t\r\n#"); i >= 0 {
		return at + 1 + i
	}
	return len(text)
}

func skipNested(text string, at int) int {
	depth := 0
	for i := at; i < len(text); {
		switch text[i] {
		case '"', '\'':
			i = skipString(text, i)
			continue
		case '#':
			i = endOfLine(text, i)
			continue
		case '[', '{':
			depth++
		case ']', '}':
			depth--
		}
		i++
		if depth == 0 {
			return i
		}
	}
	return len(text)
}

func skipString(text string, at int) int {
	quote := text[at : at+1]
	if triple := strings.Repeat(quote, 3); strings.HasPrefix(text[at:], triple) {
		return skipMultiline(text, at, triple)
	}
	for i := at + 1; i < len(text); i++ {
		switch {
		case text[i] == '\\' && quote == `"`:
			i++
		case text[i] == quote[0]:
			return i + 1
		}
	}
	return len(text)
}

// skipMultiline is skipString for strings in three quotes, which may end in
// two more.
func skipMultiline(text string, at int, triple string) int {
	for i := at + 3; i < len(text); i++ {
		switch {
		case text[i] == '\\' && triple[0] == '"':
			i++
		case strings.HasPrefix(text[i:], triple):
			i += 3
			for extra := 0; extra < 2 && i < len(text) && text[i] == triple[0]; extra++ {
				i++
			}
			return i
		}
	}
	return len(text)
}

// endOfLine returns the offset of the line break, or the end of the text.
func endOfLine(text string, at int) int {
	i := strings.IndexByte(text[at:], '\n')
	switch {
	case i < 0:
		return len(text)
	case i > 0 && text[at+i-1] == '\r':
		return at + i - 1
	}
	return at + i
}

// startOfLine returns the offset after the line break before.
func startOfLine(text string, at int) int { return strings.LastIndexByte(text[:at], '\n') + 1 }

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\r' || c == '\n' }

// skipBlanks returns the offset of the next byte that is neither blank nor tab.
func skipBlanks(text string, at int) int {
	for at < len(text) && (text[at] == ' ' || text[at] == '\t') {
		at++
	}
	return at
}

// restIsComment reports whether nothing but a comment stands between an offset
// and the end of its line, and that the line does end.
func restIsComment(text string, at int) bool {
	i := skipBlanks(text, at)
	return i < len(text) && (text[i] == '#' || text[i] == '\n' || text[i] == '\r')
}

// skipKey returns the end of the key, or the part of a dotted one, that begins
// at an offset.
func skipKey(text string, at int) int {
	if text[at] == '"' || text[at] == '\'' {
		return skipString(text, at)
	}
	for at < len(text) && (text[at] == '-' || text[at] == '_' || isAlnum(text[at])) {
		at++
	}
	return at
}

func isAlnum(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
}
