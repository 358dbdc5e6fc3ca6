package report

import (
	"bytes"
	"os"
	"path"
	"path/filepath"
	"unicode/utf16"
)

// A Base says how other tools are told where a file is: relative to the
// repository, as they look at it from there.
type Base struct {
	root   string // absolute directory that the files of findings are relative to
	prefix string // of the root below the repository, with slashes
	lines  map[string][][]byte
}

// NewBase finds the repository around a root: the nearest directory above it
// with .git, or the root itself.
func NewBase(root string) *Base {
	b := &Base{root: root, lines: map[string][][]byte{}}
	for dir := root; ; dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, ".git")); err == nil {
			if rel, err := filepath.Rel(dir, root); err == nil {
				b.prefix = filepath.ToSlash(rel)
			}
			return b
		}
		if filepath.Dir(dir) == dir {
			return b
		}
	}
}

// path returns the path of a file below the repository.
func (b *Base) path(file string) string { return path.Join(b.prefix, file) }

// line returns a line of a file of the tree, without its end, or nil.
func (b *Base) line(file string, line int) []byte {
	lines, ok := b.lines[file]
	if !ok {
		if src, err := os.ReadFile(filepath.Join(b.root, filepath.FromSlash(file))); err == nil {
			lines = bytes.Split(bytes.TrimPrefix(src, []byte("\xef\xbb\xbf")), []byte("\n"))
		}
		b.lines[file] = lines
	}
	if line < 1 || line > len(lines) {
		return nil
	}
	return lines[line-1]
}

// utf16Column turns a column in bytes into one in UTF-16 code units.
func (b *Base) utf16Column(file string, line, column int) int {
	text := b.line(file, line)
	if column < 1 || column-1 > len(text) {
		return column
	}
	return 1 + len(utf16.Encode([]rune(string(text[:column-1]))))
}
