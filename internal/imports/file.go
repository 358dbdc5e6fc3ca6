package imports

import (
	"bytes"
	"slices"
)

// ScanFile reads one file from memory, as [Scan] would: its head or, with
// whole, all of it. path becomes the path of the file in what is returned and
// is not opened. The File is never nil.
func ScanFile(path string, src []byte, whole bool) (*File, []Problem) {
	h := head{intern: func(b []byte) string { return string(b) }}
	f := &File{Path: path}
	return f, h.file(f, src, whole)
}

// file fills in f from src, which is all of the file.
func (h *head) file(f *File, src []byte, whole bool) []Problem {
	if h.read(src, true) != done {
		return h.parse(f, src, whole)
	}
	h.fill(f)
	if !whole {
		f.Comments = comments(src, h.end)
		return nil
	}
	f.Comments = comments(src, len(src))
	return syntax(f.Path, src)
}

// fill copies what was read to f.
func (h *head) fill(f *File) {
	f.PackageName = h.name
	f.Package = h.clause
	if len(h.imports) > 0 {
		f.Imports = slices.Clone(h.imports)
	}
}

// at returns the line and column of an offset in src.
func at(src []byte, offset int) (line, column int) {
	before := src[:min(offset, len(src))]
	return 1 + bytes.Count(before, []byte("\n")), len(before) - bytes.LastIndexByte(before, '\n')
}
