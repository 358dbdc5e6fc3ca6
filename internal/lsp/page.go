package lsp

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"

	"github.com/boundaries-dev/boundaries/internal/config"
)

// A page is a file of which something is shown: an open document, or a
// configuration file, which speaks even if it is closed.
type page struct {
	file    string
	uri     string // as the editor spells it
	open    bool
	version int
	text    *text
	root    *root // nil: no configuration governs it
	stale   bool  // it was edited, and the root has not answered yet

	layers [layers][]note
	sent   []byte // the last diagnostics, as published
	sentAt int    // the version they were for
}

// A layer is one of the answers that make up what is shown.
type layer int

const (
	fromImports layer = iota // or, in a configuration file, from reading it
	fromTree
	fromTypes
	layers
)

// isConfig reports whether a file is part of a configuration.
func isConfig(file string) bool {
	name := filepath.Base(file)
	return name == config.FileName || name == config.ProductFile || name == config.BaselineFile
}

func isGo(file string) bool { return strings.HasSuffix(file, ".go") }

func (s *server) didOpen(_ context.Context, p didOpenParams) (any, error) {
	file := pathOf(p.TextDocument.URI)
	if file == "" || !isGo(file) && !isConfig(file) {
		return nil, nil
	}
	s.mu.Lock()
	pg := s.pages[file]
	if pg == nil {
		pg = &page{file: file}
		s.pages[file] = pg
	}
	pg.uri, pg.version, pg.open, pg.text = p.TextDocument.URI, p.TextDocument.Version, true, newText(p.TextDocument.Text)
	pg.sentAt, pg.stale = pg.version-1, true
	if pg.root != nil {
		pg.root.edited(pg)
	}
	s.mu.Unlock()
	s.assignRoots()
	return nil, nil
}

func (s *server) didChange(_ context.Context, p didChangeParams) (any, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	pg := s.pages[pathOf(p.TextDocument.URI)]
	if pg == nil || !pg.open {
		return nil, nil
	}
	pg.version = p.TextDocument.Version
	for _, c := range p.ContentChanges {
		t, edit := pg.text.edited(c)
		pg.text = t
		for i := range pg.layers {
			pg.layers[i] = move(pg.layers[i], edit)
		}
	}
	if pg.root != nil {
		pg.root.edited(pg)
	}
	return nil, nil
}

func (s *server) didSave(_ context.Context, p documentParams) (any, error) {
	s.mu.Lock()
	pg := s.pages[pathOf(p.TextDocument.URI)]
	if pg != nil && pg.root != nil {
		pg.root.edited(pg)
	}
	s.mu.Unlock()
	s.assignRoots()
	return nil, nil
}

func (s *server) didClose(_ context.Context, p documentParams) (any, error) {
	s.mu.Lock()
	pg := s.pages[pathOf(p.TextDocument.URI)]
	if pg == nil || !pg.open {
		s.mu.Unlock()
		return nil, nil
	}
	pg.open = false
	if isConfig(pg.file) {
		pg.text = textOnDisk(pg.file)
	} else {
		pg.layers = [layers][]note{}
		delete(s.pages, pg.file)
	}
	if pg.root != nil {
		pg.root.edited(pg)
	}
	s.mu.Unlock()
	s.publish(pg)
	s.assignRoots()
	return nil, nil
}

// textOnDisk returns the content of a file, empty if it cannot be read or is
// too large to be what we look for.
func textOnDisk(file string) *text {
	info, err := os.Stat(file)
	if err != nil || !info.Mode().IsRegular() || info.Size() > maxMessage {
		return newText("")
	}
	src, err := os.ReadFile(file)
	if err != nil {
		return newText("")
	}
	return newText(strings.ToValidUTF8(string(src), "\uFFFD"))
}

// publish sends what is known about a page, unless that was sent.
func (s *server) publish(pg *page) {
	s.publishing.Lock()
	defer s.publishing.Unlock()
	s.mu.Lock()
	if pg.open && pg.stale {
		s.mu.Unlock()
		return // an answer to what it is by now is on its way
	}
	p := publishParams{URI: pg.uri, Diagnostics: []diagnostic{}}
	if p.URI == "" {
		p.URI = uriOf(pg.file)
	}
	if pg.open {
		version := pg.version
		p.Version = &version
	}
	for _, n := range merge(pg.layers[:]...) {
		p.Diagnostics = append(p.Diagnostics, n.diagnostic(pg.text, func(file string) (string, *text) { return s.related(pg, file) }))
	}
	sent, _ := json.Marshal(p.Diagnostics)
	news := !bytes.Equal(sent, pg.sent) && !(pg.sent == nil && len(p.Diagnostics) == 0) || pg.open && pg.sentAt != pg.version
	pg.sent, pg.sentAt = sent, pg.version
	quiet := s.phase == over
	s.mu.Unlock()
	if news && !quiet {
		_ = s.rpc.Notify(s.ctx, "textDocument/publishDiagnostics", p)
	}
}

// related returns the URI and the text of a file that a finding refers to, by
// its path relative to the root. s.mu is held.
func (s *server) related(pg *page, file string) (string, *text) {
	if !filepath.IsAbs(file) && pg.root != nil {
		file = filepath.Join(pg.root.dir, filepath.FromSlash(file))
	}
	if other := s.pages[file]; other != nil {
		if other.uri != "" {
			return other.uri, other.text
		}
		return uriOf(file), other.text
	}
	return uriOf(file), textOnDisk(file)
}
