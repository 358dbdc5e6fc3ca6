package lsp

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"runtime/debug"
	"sync"

	"github.com/creachadair/jrpc2"

	"github.com/boundaries-dev/boundaries/internal/config"
)

// A server is one session with an editor.
type server struct {
	version string
	rpc     *jrpc2.Server
	ctx     context.Context // ends with the session
	stop    context.CancelFunc

	publishing sync.Mutex // keeps what is published in the order in which it was found

	mu      sync.Mutex
	phase   phase
	watched bool             // the editor tells of changes on the disk
	folders map[string]bool  // of the workspace
	pages   map[string]*page // by file
	roots   map[string]*root // by configuration file
	logged  map[string]bool
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
func Serve(ctx context.Context, in io.Reader, out io.WriteCloser, version string) error {
	s := &server{
		version: version,
		folders: map[string]bool{},
		pages:   map[string]*page{},
		roots:   map[string]*root{},
		logged:  map[string]bool{},
	}
	s.ctx, s.stop = context.WithCancel(ctx)
	defer s.stop()
	s.rpc = jrpc2.NewServer(s, &jrpc2.ServerOptions{AllowPush: true, DisableBuiltin: true, Concurrency: 8})
	s.rpc.Start(newFraming(in, out))
	ended := make(chan error, 1)
	go func() { ended <- s.rpc.Wait() }()
	select {
	case err := <-ended:
		if err != nil {
			return err
		}
	case <-s.ctx.Done():
		go s.rpc.Stop() // it waits for the reader, who may wait for the editor
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.phase != over && ctx.Err() == nil {
		return fmt.Errorf("the editor hung up without a shutdown request")
	}
	return nil
}

// The error codes of the protocol that JSON-RPC does not have.
const (
	notInitialized = jrpc2.Code(-32002)
	invalidRequest = jrpc2.Code(-32600)
)

// Assign returns what answers a method. It is called by the connection.
func (s *server) Assign(_ context.Context, method string) jrpc2.Handler {
	answer := s.handlers()[method]
	if answer == nil {
		if len(method) > 1 && method[:2] == "$/" {
			return func(context.Context, *jrpc2.Request) (any, error) { return nil, nil } // may be ignored
		}
		return nil
	}
	return func(ctx context.Context, req *jrpc2.Request) (result any, err error) {
		defer func() {
			if p := recover(); p != nil {
				s.log(logError, fmt.Sprintf("%s: panic: %v\n%s", method, p, debug.Stack()))
				err = jrpc2.Errorf(jrpc2.InternalError, "panic: %v", p)
			}
		}()
		if err := s.allowed(method); err != nil {
			return nil, err
		}
		return answer(ctx, req)
	}
}

func (s *server) handlers() map[string]jrpc2.Handler {
	return map[string]jrpc2.Handler{
		"initialize":                          handle(s.initialize),
		"initialized":                         func(context.Context, *jrpc2.Request) (any, error) { s.initialized(); return nil, nil },
		"shutdown":                            func(context.Context, *jrpc2.Request) (any, error) { s.shutdown(); return nil, nil },
		"exit":                                func(context.Context, *jrpc2.Request) (any, error) { s.stop(); return nil, nil },
		"$/cancelRequest":                     handle(s.cancelRequest),
		"textDocument/didOpen":                handle(s.didOpen),
		"textDocument/didChange":              handle(s.didChange),
		"textDocument/didSave":                handle(s.didSave),
		"textDocument/didClose":               handle(s.didClose),
		"textDocument/codeAction":             handle(s.codeAction),
		"textDocument/hover":                  handle(s.hover),
		"textDocument/completion":             handle(s.completion),
		"workspace/didChangeWatchedFiles":     handle(s.didChangeWatchedFiles),
		"workspace/didChangeWorkspaceFolders": handle(s.didChangeWorkspaceFolders),
		"workspace/didChangeConfiguration":    func(context.Context, *jrpc2.Request) (any, error) { return nil, nil },
	}
}

// handle makes a handler of a method with parameters. What it cannot decode
// is an error of the caller.
func handle[P any](method func(context.Context, P) (any, error)) jrpc2.Handler {
	return func(ctx context.Context, req *jrpc2.Request) (any, error) {
		var p P
		if req.HasParams() {
			var raw json.RawMessage
			if err := req.UnmarshalParams(&raw); err != nil {
				return nil, err
			}
			if err := json.Unmarshal(raw, &p); err != nil {
				return nil, jrpc2.Errorf(jrpc2.InvalidParams, "%v", err)
			}
		}
		return method(ctx, p)
	}
}

// allowed says whether a method may be called in this phase of the session.
func (s *server) allowed(method string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case method == "exit":
		return nil
	case s.phase == fresh && method != "initialize":
		return jrpc2.Errorf(notInitialized, "%s before initialize", method)
	case s.phase == ready && method == "initialize":
		return jrpc2.Errorf(invalidRequest, "initialize was called already")
	case s.phase == over:
		return jrpc2.Errorf(invalidRequest, "%s after shutdown", method)
	}
	return nil
}

func (s *server) initialize(_ context.Context, p initializeParams) (any, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.phase = ready
	s.watched = p.Capabilities.Workspace.DidChangeWatchedFiles.DynamicRegistration
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
	_, err := s.rpc.Callback(s.ctx, "client/registerCapability", registrationParams{[]registration{{
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

func (s *server) cancelRequest(_ context.Context, p struct {
	ID json.RawMessage `json:"id"`
}) (any, error) {
	s.rpc.CancelRequest(string(p.ID))
	return nil, nil
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

// log tells the user of something, once.
func (s *server) log(kind int, message string) {
	s.mu.Lock()
	known := s.logged[message]
	s.logged[message] = true
	s.mu.Unlock()
	if !known {
		_ = s.rpc.Notify(s.ctx, "window/logMessage", logParams{kind, "boundaries: " + message})
	}
}
