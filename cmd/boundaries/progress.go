package main

import (
	"fmt"
	"io"
	"os"
	"sync"
	"time"
)

// patience is how long work may last before a progress line says what it is.
const patience = 700 * time.Millisecond

// A progress is a line on a terminal that says what is being done, once it
// has lasted. Its zero value says nothing.
type progress struct {
	w io.Writer // nil if it is no terminal

	mu    sync.Mutex
	since time.Time
	shown bool
}

// newProgress returns a progress line on w, if that is a terminal that can
// take it away again.
func newProgress(w io.Writer) *progress {
	if !isTerminal(w) || os.Getenv("TERM") == "dumb" {
		return &progress{}
	}
	return &progress{w: w, since: time.Now()}
}

// packages says how many packages are type-checked.
func (p *progress) packages(done, of int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.w == nil || time.Since(p.since) < patience {
		return
	}
	p.shown = true
	fmt.Fprintf(p.w, "\r\x1b[Ktype-checking: %d of %s", done, count(of, "package"))
}

// end takes the line away.
func (p *progress) end() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.shown {
		fmt.Fprint(p.w, "\r\x1b[K")
	}
}
