package lsp

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"

	"github.com/boundaries-dev/boundaries/internal/config"
	"github.com/boundaries-dev/boundaries/internal/report"
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

// become gives a page another text. What is shown moves along. s.mu is held.
func (pg *page) become(t *text) {
	edit := difference(pg.text.src, t.src)
	pg.text = t
	pg.move(edit)
}

func (pg *page) move(e report.Edit) {
	for i := range pg.layers {
		pg.layers[i] = move(pg.layers[i], e)
	}
}

func isGo(file string) bool { return strings.HasSuffix(file, ".go") }

func (s *server) didOpen(_ context.Context, p didOpenParams) (any, error) {
	file := pathOf(p.TextDocument.URI)
	if file == "" || !isGo(file) && !isConfig(file) {
		return nil, nil
	}
	governing := s.governing(filepath.Dir(file), map[string]string{})
	s.mu.Lock()
	pg := s.pages[file]
	if pg == nil {
		pg = &page{file: file, text: newText("")}
		s.pages[file] = pg
	}
	pg.uri, pg.version, pg.open = p.TextDocument.URI, p.TextDocument.Version, true
	pg.become(newText(p.TextDocument.Text))
	pg.sentAt, pg.stale = pg.version-1, true
	if pg.root != nil {
		pg.root.edited(pg)
	}
	if isConfig(file) || governing != "" && s.roots[governing] == nil { // a root comes into being
		s.mu.Unlock()
		s.assignRoots()
		return nil, nil
	}
	orphan := s.assign(pg, governing)
	s.mu.Unlock()
	if orphan {
		s.publish(pg)
	}
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
		pg.move(edit)
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
	file := pathOf(p.TextDocument.URI)
	var left *text
	if isConfig(file) {
		left = textOnDisk(file)
	}
	s.mu.Lock()
	pg := s.pages[file]
	if pg == nil || !pg.open {
		s.mu.Unlock()
		return nil, nil
	}
	pg.open = false
	if left != nil && pg.root != nil {
		pg.become(left)
	} else {
		pg.layers = [layers][]note{}
		delete(s.pages, file)
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
	open, version, t, found := pg.open, pg.version, pg.text, merge(pg.layers[:]...)
	if open {
		p.Version = &version
	}
	files := s.shelf(pg.root)
	s.mu.Unlock()
	for _, n := range found {
		p.Diagnostics = append(p.Diagnostics, n.diagnostic(t, files))
	}
	sent, _ := json.Marshal(p.Diagnostics)
	s.mu.Lock()
	news := !bytes.Equal(sent, pg.sent) && !(pg.sent == nil && len(p.Diagnostics) == 0) || open && pg.sentAt != version
	pg.sent = sent
	if pg.open == open { // else there will be another answer
		pg.sentAt = version
	}
	quiet := s.phase == over
	s.mu.Unlock()
	if news && !quiet {
		s.conn.notify("textDocument/publishDiagnostics", p)
	}
}

// A shelf has the files that findings refer to, each as the editor has it or
// else as it is on the disk, where it looks once.
type shelf struct {
	server *server
	root   *root // may be nil
	read   map[string]*text
}

func (s *server) shelf(r *root) *shelf { return &shelf{s, r, map[string]*text{}} }

// take returns a file by its path relative to the root: its URI, its text
// and, if it is open, the version of that. s.mu is not held, since it may have
// to be read.
func (sh *shelf) take(file string) (uri string, t *text, version *int) {
	if !filepath.IsAbs(file) && sh.root != nil {
		file = filepath.Join(sh.root.dir, filepath.FromSlash(file))
	}
	sh.server.mu.Lock()
	if pg := sh.server.pages[file]; pg != nil && pg.open {
		defer sh.server.mu.Unlock()
		v := pg.version
		return pg.uri, pg.text, &v
	}
	sh.server.mu.Unlock()
	if sh.read[file] == nil {
		sh.read[file] = textOnDisk(file)
	}
	return uriOf(file), sh.read[file], nil
}
