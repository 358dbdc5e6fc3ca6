package config

import (
	"bytes"
	"errors"
	"fmt"
	"sort"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"
)

// maxFile bounds a configuration file; one for ten thousand products stays
// well below.
const maxFile = 4 << 20

// A node is a TOML value with its place.
type node struct {
	pos     Pos
	value   any // string, bool, int64, []*node, *table, or nil for what no key takes
	literal string
}

// A table keeps its keys in the order of the file.
type table struct {
	pos  Pos
	keys []key
	at   map[string]*node
}

type key struct {
	name string
	pos  Pos
}

func newTable(pos Pos) *table { return &table{pos: pos, at: map[string]*node{}} }

func (t *table) put(k key, n *node) {
	if t.at[k.name] == nil {
		t.keys = append(t.keys, k)
	}
	t.at[k.name] = n
}

// places returns where each key stands.
func (t *table) places() map[string]Pos {
	places := make(map[string]Pos, len(t.keys))
	for _, k := range t.keys {
		places[k.name] = k.pos
	}
	return places
}

// parseTOML turns a file into a tree of nodes. The library's decoder judges
// whether the file is TOML at all (and knows about duplicate keys); its
// parser, walked once more, knows where everything stands.
func parseTOML(file string, src []byte) (*table, *Problem) {
	top := Pos{File: file, Line: 1, Column: 1, EndColumn: 1}
	switch {
	case len(src) > maxFile:
		return nil, &Problem{top, fmt.Sprintf("is larger than %d MiB", maxFile>>20)}
	case bytes.IndexByte(src, 0) >= 0:
		return nil, &Problem{lineOf(file, src, bytes.IndexByte(src, 0)), "has a NUL byte; it must be text in UTF-8"}
	}
	src = bytes.TrimPrefix(src, []byte("\xef\xbb\xbf"))
	if at := invalidUTF8(src); at >= 0 {
		return nil, &Problem{lineOf(file, src, at), "is not UTF-8"}
	}
	if at := tooDeep(src); at >= 0 {
		return nil, &Problem{lineOf(file, src, at), "is nested too deeply"}
	}
	var ignored map[string]any
	if err := toml.Unmarshal(src, &ignored); err != nil {
		if line, ok := conflict(src); ok {
			return nil, &Problem{Pos{file, line, 1, 8}, "has an unresolved merge conflict; resolve it first"}
		}
		return nil, syntaxProblem(file, err)
	}
	b := &builder{file: file, src: src, lines: indexLines(src)}
	return b.build()
}

func invalidUTF8(src []byte) int {
	for i := 0; i < len(src); {
		r, size := utf8.DecodeRune(src[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return -1
}

// tooDeep finds the place where more brackets are open than any sane file
// opens, so that the recursive parser cannot exhaust the stack. Brackets in
// strings and comments count: a thousand of them unbalanced is no file either.
func tooDeep(src []byte) int {
	depth := 0
	for i, c := range src {
		switch c {
		case '[', '{':
			depth++
		case ']', '}':
			depth = max(depth-1, 0)
		}
		if depth > 1000 {
			return i
		}
	}
	return -1
}

func lineOf(file string, src []byte, offset int) Pos {
	line, column := indexLines(src).at(offset)
	return Pos{File: file, Line: line, Column: column, EndColumn: column + 1}
}

func syntaxProblem(file string, err error) *Problem {
	pos := Pos{File: file, Line: 1, Column: 1, EndColumn: 1}
	message := strings.TrimPrefix(err.Error(), "toml: ")
	var de *toml.DecodeError
	if errors.As(err, &de) {
		pos.Line, pos.Column = de.Position()
		pos.Line, pos.Column = max(pos.Line, 1), max(pos.Column, 1)
		pos.EndColumn = pos.Column + 1
	}
	return &Problem{pos, "does not parse: " + strings.ReplaceAll(message, "\n", " ")}
}

// A builder walks the parser's expressions, which follow the order of the
// file, and hangs each value where its dotted key says.
type builder struct {
	file   string
	src    []byte
	lines  lineStarts
	parser unstable.Parser
}

func (b *builder) build() (*table, *Problem) {
	b.parser.Reset(b.src)
	root := newTable(Pos{File: b.file, Line: 1, Column: 1, EndColumn: 1})
	current := root
	for b.parser.NextExpression() {
		expr := b.parser.Expression()
		switch expr.Kind {
		case unstable.Table, unstable.ArrayTable:
			t, err := b.header(root, expr)
			if err != nil {
				return nil, err
			}
			current = t
		case unstable.KeyValue:
			if err := b.assign(current, expr); err != nil {
				return nil, err
			}
		}
	}
	if err := b.parser.Error(); err != nil {
		return nil, syntaxProblem(b.file, err)
	}
	return root, nil
}

// header opens the table that a [header] or [[header]] names.
func (b *builder) header(root *table, expr *unstable.Node) (*table, *Problem) {
	path := b.keys(expr)
	parent, err := b.descend(root, path[:len(path)-1])
	if err != nil {
		return nil, err
	}
	last := path[len(path)-1]
	if expr.Kind == unstable.ArrayTable {
		list := parent.at[last.name]
		if list == nil {
			list = &node{pos: last.pos, value: []*node(nil)}
			parent.put(last, list)
		}
		items, ok := list.value.([]*node)
		if !ok {
			return nil, &Problem{last.pos, fmt.Sprintf("does not parse: %q is not an array of tables", last.name)}
		}
		t := newTable(last.pos)
		list.value = append(items, &node{pos: last.pos, value: t})
		return t, nil
	}
	return b.descend(parent, path[len(path)-1:])
}

// descend walks, and where needed opens, the tables along a dotted key. In an
// array of tables it takes the last, as TOML has it.
func (b *builder) descend(t *table, path []key) (*table, *Problem) {
	for _, k := range path {
		n := t.at[k.name]
		if n == nil {
			n = &node{pos: k.pos, value: newTable(k.pos)}
			t.put(k, n)
		}
		if items, ok := n.value.([]*node); ok && len(items) > 0 {
			n = items[len(items)-1]
		}
		next, ok := n.value.(*table)
		if !ok {
			return nil, &Problem{k.pos, fmt.Sprintf("does not parse: %q is not a table", k.name)}
		}
		t = next
	}
	return t, nil
}

func (b *builder) assign(t *table, expr *unstable.Node) *Problem {
	path := b.keys(expr)
	parent, err := b.descend(t, path[:len(path)-1])
	if err != nil {
		return err
	}
	last := path[len(path)-1]
	value, err := b.value(expr.Value(), last.pos)
	if err != nil {
		return err
	}
	parent.put(last, value)
	return nil
}

func (b *builder) keys(expr *unstable.Node) []key {
	var path []key
	for it := expr.Key(); it.Next(); {
		n := it.Node()
		path = append(path, key{string(n.Data), b.pos(n, Pos{})})
	}
	return path
}

func (b *builder) value(n *unstable.Node, fallback Pos) (*node, *Problem) {
	out := &node{pos: b.pos(n, fallback), literal: string(b.parser.Raw(n.Raw))}
	switch n.Kind {
	case unstable.String:
		out.value = string(n.Data)
	case unstable.Bool:
		out.value = string(n.Data) == "true"
	case unstable.Integer:
		if i, err := strconv.ParseInt(strings.ReplaceAll(string(n.Data), "_", ""), 0, 64); err == nil {
			out.value = i
		}
	case unstable.Array:
		items := []*node{}
		for it := n.Children(); it.Next(); {
			item, err := b.value(it.Node(), out.pos)
			if err != nil {
				return nil, err
			}
			items = append(items, item)
		}
		out.value = items
	case unstable.InlineTable:
		t := newTable(out.pos)
		for it := n.Children(); it.Next(); {
			if err := b.assign(t, it.Node()); err != nil {
				return nil, err
			}
		}
		out.value = t
	}
	return out, nil
}

// pos is the place of a node. The parser does not say where arrays begin;
// they get the place of their key.
func (b *builder) pos(n *unstable.Node, fallback Pos) Pos {
	if n.Raw.Length == 0 {
		return fallback
	}
	line, column := b.lines.at(int(n.Raw.Offset))
	p := Pos{File: b.file, Line: line, Column: column, EndColumn: column + int(n.Raw.Length)}
	if bytes.IndexByte(b.parser.Raw(n.Raw), '\n') >= 0 {
		p.EndColumn = p.Column + 1
	}
	return p
}

// lineStarts are the offsets at which lines begin.
type lineStarts []int

func indexLines(src []byte) lineStarts {
	starts := lineStarts{0}
	for i, c := range src {
		if c == '\n' {
			starts = append(starts, i+1)
		}
	}
	return starts
}

func (l lineStarts) at(offset int) (line, column int) {
	line = sort.SearchInts(l, offset+1)
	return line, offset - l[line-1] + 1
}
