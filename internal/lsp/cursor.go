package lsp

import "strings"

// A cursor is where in a configuration file somebody is about to write.
type cursor struct {
	section string   // the table: "" at the top, "modules", "roles", …
	key     string   // whose value it is, "" if a key is being written
	inner   string   // the key in an inline table around it, if there is one
	inline  bool     // it is in an inline table
	quoted  bool     // in a string
	naming  bool     // in a string that is a key
	dotted  []string // the keys before the one that is being written, as in a.b.
	header  string   // in a [header], what brackets there are
	span             // what is written of the word already, quotes excluded
}

// find reads a file up to an offset. The file is being written, so it need
// not be TOML: a string ends with its line at the latest, and a line that
// begins with a [header] or a key ends what was left open above it. ok is
// false in a comment.
func find(src string, at int) (c cursor, ok bool) {
	var around brackets
	defer func() { c.inline, c.inner = around.inner() }()
	i := 0
	for i < at {
		if bol := i == 0 || src[i-1] == '\n'; bol && (len(around) == 0 || beginsAnew(src[i:])) {
			around, c.key, c.dotted = nil, "", nil
			if header, next := readHeader(src, i); next > i {
				if next >= at {
					return inHeader(src, i, at)
				}
				c.section = header
				i = next
				continue
			}
		}
		switch ch := src[i]; ch {
		case '#':
			end := lineEnd(src, i)
			if at <= end {
				return c, false
			}
			i = end
		case '"', '\'':
			end := stringEnd(src, i)
			if at < end || at == end && src[end-1] != ch || at == end && end == i+1 {
				c.quoted = true
				c.naming = len(around) == 0 && c.key == ""
				c.span = span{i + 1, max(i+1, closing(src, i, end))}
				return c, true
			}
			i = end
		case '[', '{':
			around = append(around, bracket{table: ch == '{'})
			i++
		case ']', '}':
			around = around[:max(len(around)-1, 0)]
			i++
		case ',':
			around.name("")
			i++
		default:
			if !wordByte(ch) {
				i++
				break
			}
			end := i
			for end < len(src) && (wordByte(src[end]) || src[end] == '-') {
				end++
			}
			if at <= end {
				c.span = span{i, end}
				return c, true
			}
			switch rest := strings.TrimLeft(src[end:], " \t"); {
			case strings.HasPrefix(rest, "=") && len(around) == 0:
				c.key = src[i:end]
			case strings.HasPrefix(rest, "="):
				around.name(src[i:end])
			case strings.HasPrefix(rest, ".") && len(around) == 0 && c.key == "":
				c.dotted = append(c.dotted, src[i:end])
			}
			i = end
		}
	}
	if len(around) == 0 && (at == 0 || src[at-1] == '\n') {
		c.key = ""
	}
	c.span = span{at, at}
	return c, true
}

// brackets are those around a place, outermost first.
type brackets []bracket

type bracket struct {
	table bool   // it is a brace
	key   string // whose value is being written in the table
}

// name notes the key that is written in the innermost bracket, if that is a
// table.
func (b brackets) name(key string) {
	if n := len(b) - 1; n >= 0 && b[n].table {
		b[n].key = key
	}
}

// inner returns the keys in the inline tables around a place, joined by dots,
// and whether there is such a table.
func (b brackets) inner() (inline bool, key string) {
	var keys []string
	for _, one := range b {
		if one.table {
			keys = append(keys, one.key)
		}
	}
	return len(keys) > 0, strings.Join(keys, ".")
}

// inHeader is the cursor in a header that begins a line. ok is false behind
// its name.
func inHeader(src string, line, at int) (c cursor, ok bool) {
	before := strings.TrimLeft(src[line:at], " \t")
	name := strings.TrimLeft(before, "[")
	if strings.ContainsAny(name, "]# \t") {
		return c, false
	}
	c.header = before[:len(before)-len(name)]
	parts := strings.Split(name, ".")
	c.dotted = parts[:len(parts)-1]
	end := at
	for end < len(src) && (wordByte(src[end]) || src[end] == '-') {
		end++
	}
	c.span = span{at - len(parts[len(parts)-1]), end}
	return c, c.header != ""
}

// beginsAnew reports whether a line can only be the beginning of something.
func beginsAnew(line string) bool {
	if strings.HasPrefix(line, "[[") || strings.HasPrefix(line, "[") && len(line) > 1 && wordByte(line[1]) {
		return true
	}
	i := 0
	for i < len(line) && (wordByte(line[i]) || line[i] == '-') {
		i++
	}
	return i > 0 && strings.HasPrefix(strings.TrimLeft(line[i:], " \t"), "=")
}

// readHeader returns the first word of a [header] or [[header]], and where
// its line ends; next is i if there is none.
func readHeader(src string, i int) (section string, next int) {
	line := src[i:lineEnd(src, i)]
	trimmed := strings.TrimLeft(line, " \t")
	if !strings.HasPrefix(trimmed, "[") {
		return "", i
	}
	name := strings.TrimLeft(trimmed, "[ \t")
	end := strings.IndexAny(name, ".] \t")
	if end < 0 {
		end = len(name)
	}
	return name[:end], i + len(line)
}

func lineEnd(src string, i int) int {
	if n := strings.IndexByte(src[i:], '\n'); n >= 0 {
		return i + n
	}
	return len(src)
}

// stringEnd returns the offset behind a string that begins at i, at most the
// end of its line.
func stringEnd(src string, i int) int {
	quote, line := src[i], lineEnd(src, i)
	for j := i + 1; j < line; j++ {
		switch {
		case src[j] == '\\' && quote == '"':
			j++
		case src[j] == quote:
			return j + 1
		}
	}
	return line
}

// closing returns where the content of a string ends, given where it does. An
// unfinished one has the word before the cursor only.
func closing(src string, start, end int) int {
	if end > start+1 && src[end-1] == src[start] {
		return end - 1
	}
	word := start + 1
	for word < end && !strings.ContainsRune(" \t\r,]}", rune(src[word])) {
		word++
	}
	return word
}
