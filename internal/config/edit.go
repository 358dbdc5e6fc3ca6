package config

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/boundaries-dev/boundaries/internal/pattern"
)

// Sources returns the bytes of the files a configuration was read from, by
// name relative to the root: boundaries.toml and the product.toml files that
// exist.
func Sources(c *Config) (map[string][]byte, error) {
	sources := map[string][]byte{}
	names := []string{c.File}
	for _, m := range c.Modules {
		names = append(names, m.Pos.File)
	}
	slices.Sort(names)
	for _, name := range slices.Compact(names) {
		src, err := os.ReadFile(filepath.Join(c.Dir, filepath.FromSlash(name)))
		if err != nil {
			return nil, err
		}
		sources[name] = src
	}
	return sources, nil
}

// An Editor changes configuration files in place. Every byte that an edit is
// not about stays as it is: comments, order, layout, line ends.
type Editor struct {
	config  *Config
	sources map[string]*source
}

// A source is a file and what is to be done to it.
type source struct {
	text    string
	lines   lineStarts
	newline string
	splices []splice
}

const bom = "\xef\xbb\xbf"

// Edit starts to edit the files that a configuration was read from.
func Edit(c *Config, sources map[string][]byte) *Editor {
	e := &Editor{config: c, sources: map[string]*source{}}
	for name, src := range sources {
		text := string(src)
		s := &source{text: text, newline: "\n", lines: indexLines([]byte(strings.TrimPrefix(text, bom)))}
		if i := strings.IndexByte(text, '\n'); i > 0 && text[i-1] == '\r' {
			s.newline = "\r\n"
		}
		e.sources[name] = s
	}
	return e
}

// Has reports whether a file is among those that are edited.
func (e *Editor) Has(name string) bool { return e.sources[name] != nil }

// Bytes returns the edited files, by name.
func (e *Editor) Bytes() map[string][]byte {
	out := map[string][]byte{}
	for name, s := range e.sources {
		out[name] = []byte(apply(s.text, s.splices))
	}
	return out
}

// offset returns where a position is in the text.
func (s *source) offset(p Pos) int {
	at := s.lines[p.Line-1] + p.Column - 1
	if strings.HasPrefix(s.text, bom) {
		at += len(bom)
	}
	return at
}

// value returns the offset of the value of the key at a position; ok is false
// if the key is that of a [[header]], which has none.
func (s *source) value(key Pos) (at int, ok bool) {
	at = skipBlanks(s.text, skipKey(s.text, s.offset(key)))
	if at >= len(s.text) || s.text[at] != '=' {
		return 0, false
	}
	return skipBlanks(s.text, at+1), true
}

// indent returns the white space that the line of an offset begins with.
func (s *source) indent(at int) string {
	line := startOfLine(s.text, at)
	return s.text[line:skipBlanks(s.text, line)]
}

// Depend removes entries from the depends_on of a module entry, and adds
// some. Its error says that the list is written in a way that it cannot edit.
func (e *Editor) Depend(m *Module, add []Dependency, remove []Dependency) error {
	key := m.Keys["depends_on"]
	s := e.sources[key.File]
	at, ok := s.value(key)
	if !ok || s.text[at] != '[' {
		return fmt.Errorf("%s: depends_on is written as [[tables]], which cannot be edited; write depends_on = [...]", key)
	}
	elems, end := scanArray(s.text, at)
	var gone []int
	for _, d := range remove {
		gone = append(gone, s.offset(d.Pos)-at)
	}
	isGone := func(el element) bool {
		return slices.ContainsFunc(gone, func(off int) bool { return el.start <= off && off < el.end })
	}
	before := s.text[at:end]
	array := without(before, isGone)
	if len(add) > 0 {
		var keys []string
		for _, d := range m.DependsOn {
			if !isGone(element{s.offset(d.Pos) - at, s.offset(d.Pos) - at + 1, 0}) {
				keys = append(keys, d.String())
			}
		}
		indent := s.indent(at)
		array = with(array, keys, items(add, quoteOf(s.text, elems)), s.newline, indent)
		if s.text[s.offset(m.Pos)] != '{' {
			array = wrap(array, at-startOfLine(s.text, at), s.newline, indent)
		}
	}
	if array != before {
		s.splices = append(s.splices, splice{start: at, end: end, text: array})
	}
	return nil
}

// Declare gives an entry that has no depends_on one: below its path, or at
// the end of its product.toml.
func (e *Editor) Declare(m *Module, deps []Dependency) {
	s := e.sources[m.Pos.File]
	array := join(items(deps, '"'), "", ", ")
	array = "[" + array + "]"
	if m.ProductFile {
		s.append("depends_on = " + wrap(array, len("depends_on = "), s.newline, ""))
		return
	}
	key, ok := m.Keys["path"]
	if !ok {
		key = m.Keys["paths"]
	}
	at, _ := s.value(key)
	end := skipValue(s.text, at)
	if s.text[s.offset(m.Pos)] == '{' {
		s.insert(end, ", depends_on = "+array)
		return
	}
	indent := s.indent(s.offset(key))
	head := aligned(s.text[s.offset(key):at])
	end = endOfLine(s.text, end)
	s.insert(end, s.newline+indent+head+wrap(array, len(indent)+len(head), s.newline, indent))
}

// aligned writes the key depends_on so that its equals sign stands below that
// of another key, given with its own, if there is room.
func aligned(other string) string {
	const key = "depends_on"
	width := max(strings.IndexByte(other, '='), len(key)+1)
	if strings.IndexByte(other, '=') == len(strings.TrimRight(other[:strings.IndexByte(other, '=')], " "))+1 {
		width = len(key) + 1 // the other is not aligned to anything
	}
	return key + strings.Repeat(" ", width-len(key)) + "= "
}

// Insert adds a [[modules]] entry: behind another, or at the end if that is
// nil.
func (e *Editor) Insert(behind *Module, n Entry) {
	s := e.sources[e.config.File]
	if behind != nil && s.text[s.offset(behind.Pos)] == '{' {
		end := skipValue(s.text, s.offset(behind.Pos))
		s.insert(end, ", "+n.inline())
		return
	}
	text := strings.ReplaceAll(n.String(), "\n", s.newline)
	if behind == nil || behind.ProductFile {
		s.append(s.newline + text)
		return
	}
	new := insertion(s.endOf(behind), s.newline+s.newline+text)
	new.rank = behindEntry
	s.splices = append(s.splices, new)
}

// Kin returns the entry that a new one for a path is to stand behind: of the
// entries for directories beside it the one that sorts just before, else the
// last whose pattern matches it, else the last of all, which is nil if there
// is none.
func (e *Editor) Kin(path string) *Module {
	var sibling, general, last *Module
	for i := range e.config.Modules {
		m := &e.config.Modules[i]
		if m.ProductFile || len(m.Paths) == 0 {
			continue
		}
		last = m
		if slices.ContainsFunc(m.Paths, func(p Pattern) bool { return p.Match(path) }) {
			general = m
		}
		name := m.Paths[0].String()
		if pattern.Parent(name) == pattern.Parent(path) && name < path && (sibling == nil || name > sibling.Paths[0].String()) {
			sibling = m
		}
	}
	return cmp.Or(sibling, general, last)
}

// AddProduct adds a pattern to products.
func (e *Editor) AddProduct(text string) {
	s := e.sources[e.config.File]
	if e.config.Products == nil {
		at := s.head()
		s.insert(at, "products = ["+Quote(text)+"]"+s.newline+s.newline)
		return
	}
	at, _ := s.value(e.config.ProductsPos)
	_, end := scanArray(s.text, at)
	keys := make([]string, len(e.config.Products))
	for i, p := range e.config.Products {
		keys[i] = p.String()
	}
	array := with(s.text[at:end], keys, []item{{text, Quote(text)}}, s.newline, s.indent(at))
	s.splices = append(s.splices, splice{start: at, end: end, text: array})
}

// head returns where the first key of a file may stand: behind a comment
// about all of it, which a blank line ends.
func (s *source) head() int {
	at := 0
	if strings.HasPrefix(s.text, bom) {
		at = len(bom)
	}
	end := at
	for end < len(s.text) && s.text[end] == '#' {
		end = min(endOfLine(s.text, end)+len(s.newline), len(s.text))
	}
	if blank := end; end > at && strings.HasPrefix(s.text[blank:], s.newline) {
		return blank + len(s.newline)
	}
	return at
}

// endOf returns the end of the last line of a [[modules]] entry.
func (s *source) endOf(m *Module) int {
	end := s.offset(m.Pos)
	for _, key := range m.Keys {
		if at, ok := s.value(key); ok {
			end = max(end, skipValue(s.text, at))
		}
	}
	return endOfLine(s.text, end)
}

func (s *source) insert(at int, text string) {
	s.splices = append(s.splices, insertion(at, text))
}

// append adds lines at the end of the file.
func (s *source) append(text string) {
	behind := func(other splice) bool { return other.rank == atEnd }
	if s.text != "" && !strings.HasSuffix(s.text, "\n") && !slices.ContainsFunc(s.splices, behind) {
		text = s.newline + text
	}
	last := insertion(len(s.text), text+s.newline)
	last.rank = atEnd
	s.splices = append(s.splices, last)
}
