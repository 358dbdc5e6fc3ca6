package imports

import (
	"errors"
	"io"
)

const (
	headSize = 8 << 10  // as much of a file as is read at first
	keepSize = 1 << 20  // the largest buffer that is kept for the next file
	maxSize  = 64 << 20 // as much of a file as is read at all
)

// A reader reads files from the disk, one after the other into one buffer.
type reader struct {
	head head
	buf  []byte
}

// disk fills in f from the file called name.
//
// It reads a prefix of the file and, as long as the head proves longer, a
// prefix four times that long. In doubt, or if the whole is wanted, all of it.
func (r *reader) disk(name string, f *File, whole bool) []Problem {
	file, err := open(name)
	if err != nil {
		return []Problem{{File: f.Path, Message: reason(err)}}
	}
	defer func() { _ = file.Close() }() // it was only read
	if len(r.buf) > keepSize {
		r.buf = nil
	}
	for n, size := 0, headSize; ; {
		r.grow(size)
		m, err := file.Read(r.buf[n:size])
		n += m
		src, complete := r.buf[:n], errors.Is(err, io.EOF)
		if err != nil && !complete {
			return []Problem{{File: f.Path, Message: reason(err)}}
		}
		if !whole && r.head.read(src, complete) == done {
			r.head.fill(f)
			f.Comments = comments(src, r.head.end)
			return nil
		}
		if complete {
			return r.head.file(f, src, whole)
		}
		if n == maxSize {
			r.head.read(src, false)
			r.head.fill(f)
			return []Problem{{File: f.Path, Message: "larger than 64 MiB, not read to its end"}}
		}
		if n == size {
			size = min(4*size, maxSize)
		}
	}
}

// grow makes the buffer at least that large and keeps what is in it.
func (r *reader) grow(size int) {
	if len(r.buf) < size {
		r.buf = append(make([]byte, 0, size), r.buf...)[:size]
	}
}
