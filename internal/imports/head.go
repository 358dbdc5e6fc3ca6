package imports

import (
	"bytes"
	"go/token"
	"unicode/utf8"
)

// A head reads the beginning of a Go file: package clause, imports, and the
// comments up to the first token after them.
//
// It knows only what is right. Whatever it did not expect, or does not care
// to understand (an escape in an import path, a //line directive, a byte that
// may not stand in a Go file), it calls a doubt, and go/parser is asked. So
// it need not know a single error, and must never be wrong in one direction
// only: it accepts nothing that go/parser refuses.
//
// src may be a mere prefix of the file. Nothing is concluded from its end,
// then: a head that touches it is short.
type head struct {
	src    []byte
	whole  bool                // src ends where the file ends
	intern func([]byte) string // how a name or path becomes a string

	pos  int // offset of the next byte
	line int // its line
	bol  int // offset at which that line begins
	odd  bool

	name    string // the results: package name,
	clause  Range  // package clause,
	imports []Import
	end     int // and the offset of the first token after the imports
}

type verdict int

const (
	done  verdict = iota // the head was read, and is right
	short                // src ends before the head does
	doubt                // ask go/parser
)

var byteOrderMark = []byte("\ufeff")

// read reads the head of src. The imports of an earlier read are overwritten.
func (h *head) read(src []byte, whole bool) verdict {
	*h = head{src: src, whole: whole, intern: h.intern, imports: h.imports[:0], line: 1}
	if bytes.HasPrefix(src, byteOrderMark) {
		h.pos = len(byteOrderMark)
	}
	if !h.packageClause() {
		return h.stuck()
	}
	for {
		h.space()
		h.end = h.pos
		if h.pos == len(src) && whole {
			return h.verify()
		}
		switch string(h.identifier()) {
		case "import":
			if !h.importDecl() {
				return h.stuck()
			}
		case "const", "func", "type", "var":
			if h.pos == len(src) && !whole {
				return short // perhaps the beginning of a longer word
			}
			if h.pos < len(src) && (src[h.pos] == 0 || src[h.pos] >= utf8.RuneSelf) {
				return doubt // nothing that can follow
			}
			return h.verify()
		default:
			return h.stuck()
		}
	}
}

// stuck is the verdict when the next byte is not one that can stand here.
func (h *head) stuck() verdict {
	if h.pos == len(h.src) && !h.whole {
		return short
	}
	return doubt
}

// verify is the verdict when all tokens were right. It remains to exclude
// what go/scanner finds fault with inside of comments and strings.
func (h *head) verify() verdict {
	text := bytes.TrimPrefix(h.src[:h.end], byteOrderMark)
	if h.odd || !utf8.Valid(text) || bytes.IndexByte(text, 0) >= 0 || bytes.Contains(text, byteOrderMark) {
		return doubt
	}
	return done
}

func (h *head) packageClause() bool {
	h.space()
	h.clause.Line, h.clause.Column = h.line, h.column()
	if string(h.identifier()) != "package" {
		return false
	}
	h.space()
	name := h.identifier()
	if len(name) == 0 || token.IsKeyword(string(name)) {
		return false
	}
	h.name = h.intern(name)
	h.clause.EndLine, h.clause.EndColumn = h.line, h.column()
	return h.semicolon(false)
}

// importDecl reads an import declaration, its keyword excepted.
func (h *head) importDecl() bool {
	keyword := h.line
	h.space()
	if h.peek() != '(' {
		return h.importSpec(0) && h.semicolon(false)
	}
	h.pos++
	for {
		h.space()
		if h.peek() == ')' {
			h.pos++
			return h.semicolon(false)
		}
		if !h.importSpec(keyword) || !h.semicolon(true) {
			return false
		}
	}
}

func (h *head) importSpec(block int) bool {
	var name string
	at := Range{Line: h.line, Column: h.column()}
	switch h.peek() {
	case '"', '`':
	case '.':
		name = "."
		h.pos++
		h.space()
	default:
		id := h.identifier()
		if len(id) == 0 || token.IsKeyword(string(id)) {
			return false
		}
		if h.space() {
			return false // a line that ends in a name ends the spec
		}
		name = h.intern(id)
	}
	path, ok := h.stringLit()
	if !ok {
		return false
	}
	at.EndLine, at.EndColumn = h.line, h.column()
	h.imports = append(h.imports, Import{Name: name, Path: h.intern(path), Range: at, BlockLine: block})
	return true
}
