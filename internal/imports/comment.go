package imports

import (
	"bytes"
	"go/scanner"
	"go/token"
	"strings"
)

// comments returns the comments of src that are addressed to us, up to the
// first token at or after the offset end.
//
// Hardly a file has one, so the search for the word comes first, and the
// careful reading, which knows a comment from a string, after it.
func comments(src []byte, end int) []Comment {
	if !bytes.Contains(src[:end], []byte("boundaries:")) {
		return nil
	}
	var (
		found   []Comment
		waiting []int // indices of those whose code is yet to come
		last    int   // the line on which the token before ended
		code    bool  // a token that is no comment was seen
		file    = token.NewFileSet().AddFile("", -1, len(src))
		s       scanner.Scanner
	)
	s.Init(file, src, func(token.Position, string) {}, scanner.ScanComments)
	for {
		pos, tok, lit := s.Scan()
		if tok == token.EOF {
			return found
		}
		if tok == token.SEMICOLON && lit == "\n" {
			continue // not there to be seen
		}
		at := file.PositionFor(pos, false)
		if at.Line > last+1 {
			waiting = nil // a blank line comes between
		}
		if tok != token.COMMENT {
			for _, i := range waiting {
				found[i].NextCode = at.Line
			}
			if at.Offset >= end {
				return found
			}
			waiting, code = nil, true
			continue
		}
		last = at.Line + strings.Count(lit, "\n")
		if !strings.HasPrefix(lit, "//boundaries:") && !strings.HasPrefix(lit, "// boundaries:") {
			continue
		}
		own := blank(src[at.Offset-at.Column+1 : at.Offset])
		if own {
			waiting = append(waiting, len(found))
		}
		found = append(found, Comment{
			Text:          lit,
			Line:          at.Line,
			Column:        at.Column,
			EndColumn:     at.Column + len(lit),
			OwnLine:       own,
			BeforePackage: !code,
		})
	}
}

// blank says whether the beginning of a line holds nothing but white space.
func blank(b []byte) bool {
	return len(bytes.TrimSpace(bytes.TrimPrefix(b, byteOrderMark))) == 0
}
