package lsp

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// maxMessage bounds a message. An open file of 10 MB is one of little more.
const maxMessage = 256 << 20

// longHeader is more bytes than a Content-Length header has.
const longHeader = 64

// A framing reads and writes messages with a Content-Length header. It is
// patient: what is no header is skipped up to the next that is one, so that
// one broken message does not end the session. A length that no message has
// is as good as none: nobody waits for so much to come, and if it does come,
// it is skipped, too.
type framing struct {
	in  *bufio.Reader
	out io.Writer
}

func newFraming(in io.Reader, out io.Writer) *framing {
	return &framing{bufio.NewReaderSize(in, 64<<10), out}
}

// Send writes a message.
func (f *framing) Send(msg []byte) error {
	buf := make([]byte, 0, len(msg)+32)
	buf = fmt.Appendf(buf, "Content-Length: %d\r\n\r\n", len(msg))
	_, err := f.out.Write(append(buf, msg...))
	return err
}

// Recv reads the next message.
func (f *framing) Recv() ([]byte, error) {
	for {
		n, err := f.header()
		if err != nil {
			return nil, err
		}
		if n <= 0 {
			continue // an empty line, or no length before it
		}
		if n > maxMessage {
			return []byte("too large"), nil // which is no JSON, and answered as such
		}
		var msg bytes.Buffer
		if _, err := io.CopyN(&msg, f.in, int64(n)); err != nil {
			return nil, err
		}
		return msg.Bytes(), nil
	}
}

// header reads lines up to an empty one and returns the length that the last
// Content-Length among them gave, or 0.
func (f *framing) header() (length int, err error) {
	for {
		line, err := f.line()
		if err != nil {
			return 0, err
		}
		line = strings.TrimSpace(line)
		if line == "" {
			return length, nil
		}
		const name = "content-length:"
		if i := strings.LastIndex(strings.ToLower(line), name); i >= 0 {
			if n, err := strconv.Atoi(strings.TrimSpace(line[i+len(name):])); err == nil {
				length = n
			}
		}
	}
}

// line reads a line. Of one that is too long to be a header it returns the
// last part only, which may be one: a header that follows a body.
func (f *framing) line() (string, error) {
	var before []byte
	for {
		line, err := f.in.ReadSlice('\n')
		if errors.Is(err, bufio.ErrBufferFull) {
			before = append(before[:0], line[len(line)-longHeader:]...)
			continue
		}
		return string(before) + string(line), err
	}
}
