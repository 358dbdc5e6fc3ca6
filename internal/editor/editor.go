// Package editor plays the part of an editor: it starts a language server,
// opens and edits files, and waits for what the server says about them. The
// self-test of a hosted gopls and the tests of our own server are its users.
package editor

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/creachadair/jrpc2"
	"github.com/creachadair/jrpc2/channel"
)

// A Position counts lines and UTF-16 code units from zero.
type Position struct {
	Line      int `json:"line"`
	Character int `json:"character"`
}

// A Range is a part of a document.
type Range struct {
	Start Position `json:"start"`
	End   Position `json:"end"`
}

// A Location is a part of some document.
type Location struct {
	URI   string `json:"uri"`
	Range Range  `json:"range"`
}

// A Diagnostic is what a server says about a part of a document.
type Diagnostic struct {
	Range           Range           `json:"range"`
	Severity        int             `json:"severity"`
	Code            json.RawMessage `json:"code,omitempty"`
	CodeDescription struct {
		Href string `json:"href"`
	} `json:"codeDescription"`
	Source  string `json:"source"`
	Message string `json:"message"`
	Tags    []int  `json:"tags,omitempty"`
	Related []struct {
		Location Location `json:"location"`
		Message  string   `json:"message"`
	} `json:"relatedInformation,omitempty"`
}

// Rule is the code of a diagnostic, as a string.
func (d Diagnostic) Rule() string {
	var s string
	if json.Unmarshal(d.Code, &s) != nil {
		return ""
	}
	return s
}

// A Published is the last a server said about a document.
type Published struct {
	Version     int
	Diagnostics []Diagnostic
	At          time.Time
	Count       int // how often it said something
}

// An Editor is a session with a server.
type Editor struct {
	client  *jrpc2.Client
	process *exec.Cmd // nil: the server runs in this process

	mu        sync.Mutex
	news      chan struct{} // closed and replaced when something is published
	published map[string]Published
	texts     map[string]string
	versions  map[string]int
	asked     []string // methods the server called
	logs      []string
	settings  any
}

// Options say what the editor tells of itself.
type Options struct {
	Folders  []string // of the workspace, absolute
	Watches  bool     // it can watch files
	Settings any      // initializationOptions, and the answer to workspace/configuration
}

// Start starts a server and initializes it.
func Start(ctx context.Context, server *exec.Cmd, opt Options) (*Editor, error) {
	in, err := server.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := server.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := server.Start(); err != nil {
		return nil, err
	}
	e := Connect(out, in)
	e.process = server
	if err := e.initialize(ctx, opt); err != nil {
		_ = server.Process.Kill()
		_ = server.Wait()
		return nil, err
	}
	return e, nil
}

// Connect makes a session on a connection that exists; Initialize is to
// follow.
func Connect(in io.Reader, out io.WriteCloser) *Editor {
	e := &Editor{
		news:      make(chan struct{}),
		published: map[string]Published{},
		texts:     map[string]string{},
		versions:  map[string]int{},
	}
	e.client = jrpc2.NewClient(inOrder{channel.Header("")(in, out), e.notified}, &jrpc2.ClientOptions{OnCallback: e.called})
	return e
}

// inOrder is a channel that handles notifications as they come. The client
// would do it in no particular order, but of what a server says of a document
// the last counts.
type inOrder struct {
	channel.Channel
	notified func(method string, params json.RawMessage)
}

// Recv returns the next message that is no notification.
func (c inOrder) Recv() ([]byte, error) {
	for {
		msg, err := c.Channel.Recv()
		if err != nil {
			return msg, err
		}
		var m struct {
			ID     json.RawMessage `json:"id"`
			Method string          `json:"method"`
			Params json.RawMessage `json:"params"`
		}
		if json.Unmarshal(msg, &m) != nil || m.ID != nil || m.Method == "" {
			return msg, nil
		}
		c.notified(m.Method, m.Params)
	}
}

// Initialize is the handshake.
func (e *Editor) Initialize(ctx context.Context, opt Options) error { return e.initialize(ctx, opt) }

func (e *Editor) initialize(ctx context.Context, opt Options) error {
	e.settings = opt.Settings
	var folders []map[string]string
	for _, dir := range opt.Folders {
		folders = append(folders, map[string]string{"uri": URI(dir), "name": filepath.Base(dir)})
	}
	params := map[string]any{
		"processId":             nil,
		"rootUri":               nil,
		"workspaceFolders":      folders,
		"initializationOptions": opt.Settings,
		"capabilities": map[string]any{
			"workspace": map[string]any{
				"workspaceFolders":      true,
				"configuration":         true,
				"didChangeWatchedFiles": map[string]any{"dynamicRegistration": opt.Watches},
				"workspaceEdit":         map[string]any{"documentChanges": true},
			},
			"textDocument": map[string]any{
				"publishDiagnostics": map[string]any{"relatedInformation": true, "codeDescriptionSupport": true, "versionSupport": true},
				"codeAction": map[string]any{"codeActionLiteralSupport": map[string]any{
					"codeActionKind": map[string]any{"valueSet": []string{"quickfix"}},
				}},
			},
		},
	}
	if len(opt.Folders) > 0 {
		params["rootUri"] = URI(opt.Folders[0])
	}
	if err := e.Call(ctx, "initialize", params, nil); err != nil {
		return fmt.Errorf("initialize: %w", err)
	}
	return e.Notify(ctx, "initialized", map[string]any{})
}

func (e *Editor) notified(method string, params json.RawMessage) {
	e.mu.Lock()
	defer e.mu.Unlock()
	switch method {
	case "textDocument/publishDiagnostics":
		var p struct {
			URI         string       `json:"uri"`
			Version     int          `json:"version"`
			Diagnostics []Diagnostic `json:"diagnostics"`
		}
		if json.Unmarshal(params, &p) == nil {
			file := Path(p.URI)
			e.published[file] = Published{p.Version, p.Diagnostics, time.Now(), e.published[file].Count + 1}
		}
	case "window/logMessage", "window/showMessage":
		e.logs = append(e.logs, string(params))
	}
	close(e.news)
	e.news = make(chan struct{})
}

// called answers what the server asks.
func (e *Editor) called(_ context.Context, req *jrpc2.Request) (any, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.asked = append(e.asked, req.Method())
	if req.Method() == "workspace/configuration" {
		var p struct {
			Items []struct{} `json:"items"`
		}
		_ = req.UnmarshalParams(&p)
		answers := make([]any, len(p.Items))
		for i := range answers {
			answers[i] = e.settings
		}
		return answers, nil
	}
	return nil, nil
}

// Call makes a request and decodes its result, if that is not nil.
func (e *Editor) Call(ctx context.Context, method string, params, result any) error {
	rsp, err := e.client.Call(ctx, method, params)
	if err != nil || result == nil {
		return err
	}
	return rsp.UnmarshalResult(result)
}

// Notify tells the server something.
func (e *Editor) Notify(ctx context.Context, method string, params any) error {
	return e.client.Notify(ctx, method, params)
}

// Open opens a file with a content.
func (e *Editor) Open(ctx context.Context, file, text string) error {
	e.mu.Lock()
	e.texts[file] = text
	e.versions[file]++
	version := e.versions[file]
	e.mu.Unlock()
	language := "go"
	if !strings.HasSuffix(file, ".go") {
		language = "toml"
	}
	return e.Notify(ctx, "textDocument/didOpen", map[string]any{
		"textDocument": map[string]any{"uri": URI(file), "languageId": language, "version": version, "text": text},
	})
}

// Change makes an open file have another content, by the smallest edit of
// whole lines, and returns the version that it has then.
func (e *Editor) Change(ctx context.Context, file, text string) (version int, err error) {
	e.mu.Lock()
	before := e.texts[file]
	e.texts[file] = text
	e.versions[file]++
	version = e.versions[file]
	e.mu.Unlock()
	r, insert := lineEdit(before, text)
	return version, e.Notify(ctx, "textDocument/didChange", map[string]any{
		"textDocument":   map[string]any{"uri": URI(file), "version": version},
		"contentChanges": []any{map[string]any{"range": r, "text": insert}},
	})
}

// lineEdit returns the lines to replace to turn one text into another, and by
// what.
func lineEdit(before, after string) (Range, string) {
	a, b := strings.SplitAfter(before, "\n"), strings.SplitAfter(after, "\n")
	start := 0
	for start < min(len(a), len(b)) && a[start] == b[start] {
		start++
	}
	end := 0
	for end < min(len(a), len(b))-start && a[len(a)-1-end] == b[len(b)-1-end] {
		end++
	}
	return Range{Position{start, 0}, Position{len(a) - end, 0}}, strings.Join(b[start:len(b)-end], "")
}

// Save says that an open file was saved.
func (e *Editor) Save(ctx context.Context, file string) error {
	return e.Notify(ctx, "textDocument/didSave", map[string]any{"textDocument": map[string]any{"uri": URI(file)}})
}

// Close closes a file.
func (e *Editor) Close(ctx context.Context, file string) error {
	return e.Notify(ctx, "textDocument/didClose", map[string]any{"textDocument": map[string]any{"uri": URI(file)}})
}

// Changed says that files changed on the disk, as an editor that watches them
// would.
func (e *Editor) Changed(ctx context.Context, files ...string) error {
	var changes []any
	for _, file := range files {
		changes = append(changes, map[string]any{"uri": URI(file), "type": 2})
	}
	return e.Notify(ctx, "workspace/didChangeWatchedFiles", map[string]any{"changes": changes})
}

// Published returns the last that was said about a file.
func (e *Editor) Published(file string) Published {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.published[file]
}

// Asked returns the methods that the server called.
func (e *Editor) Asked() []string {
	e.mu.Lock()
	defer e.mu.Unlock()
	return append([]string{}, e.asked...)
}

// Logs returns what the server logged.
func (e *Editor) Logs() []string {
	e.mu.Lock()
	defer e.mu.Unlock()
	return append([]string{}, e.logs...)
}

// Wait waits until what was last said about a file is as wanted. Its error
// tells what was said instead.
func (e *Editor) Wait(ctx context.Context, file string, wanted func(Published) bool) (Published, error) {
	for {
		e.mu.Lock()
		last, news := e.published[file], e.news
		e.mu.Unlock()
		if wanted(last) {
			return last, nil
		}
		select {
		case <-news:
		case <-ctx.Done():
			return last, fmt.Errorf("%s: %w; the server last said of version %d: %s", filepath.Base(file), ctx.Err(), last.Version, brief(last.Diagnostics))
		}
	}
}

func brief(list []Diagnostic) string {
	if len(list) == 0 {
		return "nothing"
	}
	var lines []string
	for _, d := range list {
		lines = append(lines, fmt.Sprintf("%d:%d %s: %s", d.Range.Start.Line+1, d.Range.Start.Character+1, d.Code, d.Message))
	}
	return strings.Join(lines, "\n\t")
}

// Process returns the server's process id, 0 if it has no process of its own.
func (e *Editor) Process() int {
	if e.process == nil {
		return 0
	}
	return e.process.Process.Pid
}

// Stop ends the session as an editor does, and returns what the server's
// process made of that.
func (e *Editor) Stop(ctx context.Context) error {
	err := e.Call(ctx, "shutdown", nil, nil)
	err = errors.Join(err, e.Notify(ctx, "exit", nil))
	if e.process != nil {
		err = errors.Join(err, e.process.Wait())
	}
	_ = e.client.Close()
	return err
}

// Kill ends the session without a word.
func (e *Editor) Kill() {
	if e.process != nil {
		_ = e.process.Process.Kill()
		_ = e.process.Wait()
	}
	_ = e.client.Close()
}

// URI returns the URI of a file.
func URI(file string) string {
	p := filepath.ToSlash(file)
	if !strings.HasPrefix(p, "/") {
		p = "/" + p
	}
	return (&url.URL{Scheme: "file", Path: p}).String()
}

// Path returns the file that a URI names.
func Path(uri string) string {
	u, err := url.Parse(uri)
	if err != nil {
		return uri
	}
	p := u.Path
	if len(p) > 2 && p[0] == '/' && p[2] == ':' {
		p = p[1:]
	}
	return filepath.FromSlash(p)
}
