package imports

import (
	"bytes"
	"unicode"
	"unicode/utf8"
)

// Here are the tokens of a head, and what may stand between them. Each
// function leaves h.pos behind what it has read; if that is not what it
// should be, before it, or at the end of src if the rest may follow there.

// stringLit reads a string literal and returns what stands between its quotes.
func (h *head) stringLit() ([]byte, bool) {
	quote := h.peek()
	if quote != '"' && quote != '`' {
		return nil, false
	}
	n := bytes.IndexByte(h.src[h.pos+1:], quote)
	if n < 0 {
		return nil, h.cutOff()
	}
	text := h.src[h.pos+1 : h.pos+1+n]
	for _, c := range text {
		if c == '\\' || c == '\n' || c == '\r' {
			return nil, false // legal perhaps, an import path hardly
		}
	}
	h.pos += 1 + n + 1
	return text, true
}

// identifier reads an identifier or a keyword; it is empty if there is none.
func (h *head) identifier() []byte {
	start := h.pos
	for h.pos < len(h.src) {
		c := h.src[h.pos]
		if c >= utf8.RuneSelf {
			if !h.letter(h.pos > start) {
				break
			}
			continue
		}
		if c != '_' && (c|0x20 < 'a' || 'z' < c|0x20) && (c < '0' || '9' < c || h.pos == start) {
			break
		}
		h.pos++
	}
	return h.src[start:h.pos]
}

// letter reads one letter beyond ASCII, or a digit where it may stand.
func (h *head) letter(digit bool) bool {
	if !utf8.FullRune(h.src[h.pos:]) {
		return h.cutOff()
	}
	r, size := utf8.DecodeRune(h.src[h.pos:])
	if !unicode.IsLetter(r) && !(digit && unicode.IsDigit(r)) {
		return false
	}
	h.pos += size
	return true
}

// semicolon reads the end of a declaration or spec: a semicolon, the end of
// the line or the file; in a block also the parenthesis, which it leaves.
func (h *head) semicolon(block bool) bool {
	if h.space() {
		return true
	}
	if h.pos == len(h.src) {
		return h.whole
	}
	switch h.src[h.pos] {
	case ';':
		h.pos++
		return true
	case ')':
		return block
	}
	return false
}

// space skips white space and comments, and says whether a line ended.
func (h *head) space() (newline bool) {
	for h.pos < len(h.src) {
		switch h.src[h.pos] {
		case ' ', '\t', '\r':
			h.pos++
		case '\n':
			h.pos++
			h.line++
			h.bol = h.pos
			newline = true
		case '/':
			before := h.line
			if !h.comment() {
				return newline
			}
			newline = newline || h.line > before
		default:
			return newline
		}
	}
	return newline
}

// comment skips a comment; of a line comment not the end of its line.
func (h *head) comment() bool {
	rest := h.src[h.pos:]
	if len(rest) > 1 && bytes.HasPrefix(rest[2:], []byte("line ")) {
		h.odd = true // go/scanner looks into it, and may object
	}
	switch {
	case len(rest) == 1:
		return h.cutOff()
	case rest[1] == '/':
		n := bytes.IndexByte(rest, '\n')
		if n < 0 {
			n = len(rest)
		}
		h.pos += n
		return true
	case rest[1] == '*':
		n := bytes.Index(rest[2:], []byte("*/"))
		if n < 0 {
			return h.cutOff()
		}
		text := rest[:2+n+2]
		if lines := bytes.Count(text, []byte("\n")); lines > 0 {
			h.line += lines
			h.bol = h.pos + bytes.LastIndexByte(text, '\n') + 1
		}
		h.pos += len(text)
		return true
	}
	return false
}

// cutOff is called when a token has no end. That of a prefix may come later,
// so all of src has been read.
func (h *head) cutOff() bool {
	if !h.whole {
		h.pos = len(h.src)
	}
	return false
}

// peek returns the next byte; 0 at the end, which no token begins with.
func (h *head) peek() byte {
	if h.pos == len(h.src) {
		return 0
	}
	return h.src[h.pos]
}

func (h *head) column() int { return h.pos - h.bol + 1 }
