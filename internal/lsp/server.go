package lsp

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"sync"
	"time"

	"github.com/boundaries-dev/boundaries/internal/config"
)

// A server is one session with an editor.
type server struct {
	version string
	conn    *conn
	ctx     context.Context // ends with the session
	stop    context.CancelFunc

	asking     sync.WaitGroup // what runs a go command; s.mu is held when it begins
	publishing sync.Mutex     // keeps what is published in the order in which it was found

	mu        sync.Mutex
	phase     phase
	watched   bool             // the editor tells of changes on the disk
	versioned bool             // it knows edits of a version
	folders   map[string]bool  // of the workspace
	pages     map[string]*page // by file
	roots     map[string]*root // by configuration file
	logged    map[string]bool
}

// A phase is how far a session is.
type phase int

const (
	fresh phase = iota // initialize was not called
	ready
	over // shutdown was called
)

// Serve speaks with an editor until it says exit or hangs up, which is an
// error unless it said shutdown before. version is what the server says it is.
func Serve(ctx context.Context, in io.Reader, out io.Writer, version string) error {
	s := &server{
		version: version,
		folders: map[string]bool{},
		pages:   map[string]*page{},
		roots:   map[string]*root{},
		logged:  map[string]bool{},
	}
	s.ctx, s.stop = context.WithCancel(ctx)
	defer s.stop()
	s.conn = newConn(in, out, s.handler)
	err := s.conn.serve(s.ctx)
	s.stop()
	s.mu.Lock() // from here on, nothing begins any more
	asked := s.phase == over
	s.mu.Unlock()
	s.settle()
	switch {
	case err != nil || asked:
		return err
	case ctx.Err() != nil:
		return fmt.Errorf("interrupted before a shutdown request")
	}
	return fmt.Errorf("the editor hung up without a shutdown request")
}

// settle waits a while for the go commands that were stopped.
func (s *server) settle() {
	done := make(chan struct{})
	go func() {
		s.asking.Wait()
		close(done)
	}()
	select {
	case <-done:
	case <-time.After(3 * time.Second):
	}
}

func (s *server) initialize(_ context.Context, p initializeParams) (any, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.phase = ready
	if p.ProcessID > 0 && runs(p.ProcessID) { // else it is another's idea of processes
		go s.outlive(p.ProcessID)
	}
	s.watched = p.Capabilities.Workspace.DidChangeWatchedFiles.DynamicRegistration
	s.versioned = p.Capabilities.Workspace.WorkspaceEdit.DocumentChanges
	folders := p.WorkspaceFolders
	if folders == nil && p.RootURI != "" {
		folders = []folder{{p.RootURI}}
	}
	if folders == nil && p.RootPath != "" {
		s.folders[filepath.Clean(p.RootPath)] = true
	}
	for _, f := range folders {
		if dir := pathOf(f.URI); dir != "" {
			s.folders[dir] = true
		}
	}
	return capabilities(s.version), nil
}

// outlive ends the session when the editor's process is gone: a pipe that it
// has left behind may be held open by others.
func (s *server) outlive(process int) {
	tick := time.NewTicker(2 * time.Second)
	defer tick.Stop()
	for {
		select {
		case <-s.ctx.Done():
			return
		case <-tick.C:
		}
		if !runs(process) {
			s.stop()
			return
		}
	}
}

// initialized begins the work: from here on the editor may be asked and told.
func (s *server) initialized() {
	s.mu.Lock()
	watch := s.watched
	s.mu.Unlock()
	if watch {
		go s.watch()
	}
	s.assignRoots()
	go s.attend()
}

// watch asks the editor to tell of changes on the disk.
func (s *server) watch() {
	var watchers []map[string]string
	for _, glob := range []string{"**/*.go", "**/go.mod", "**/go.work", "**/" + config.FileName, "**/" + config.ProductFile, "**/" + config.BaselineFile} {
		watchers = append(watchers, map[string]string{"globPattern": glob})
	}
	err := s.conn.ask(s.ctx, "client/registerCapability", registrationParams{[]registration{{
		ID: "watch", Method: "workspace/didChangeWatchedFiles", RegisterOptions: map[string]any{"watchers": watchers},
	}}})
	if err != nil && s.ctx.Err() == nil {
		s.mu.Lock()
		s.watched = false
		s.mu.Unlock()
	}
}

func (s *server) shutdown() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.phase = over
	for _, r := range s.roots {
		r.quit()
	}
	s.roots = map[string]*root{}
}

func (s *server) didChangeWorkspaceFolders(_ context.Context, p didChangeFoldersParams) (any, error) {
	s.mu.Lock()
	for _, f := range p.Event.Removed {
		delete(s.folders, pathOf(f.URI))
	}
	for _, f := range p.Event.Added {
		if dir := pathOf(f.URI); dir != "" {
			s.folders[dir] = true
		}
	}
	s.mu.Unlock()
	s.assignRoots()
	return nil, nil
}

// manyLogged is how many messages are known again at most.
const manyLogged = 500

// log tells the user of something, once.
func (s *server) log(kind int, message string) {
	s.mu.Lock()
	if len(s.logged) >= manyLogged {
		clear(s.logged)
	}
	known := s.logged[message]
	s.logged[message] = true
	s.mu.Unlock()
	if !known {
		s.conn.notify("window/logMessage", logParams{kind, "boundaries: " + message})
	}
}
