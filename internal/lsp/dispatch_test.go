package lsp

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"github.com/boundaries-dev/boundaries/internal/editor"
	"github.com/boundaries-dev/boundaries/internal/report"
)

// A wire is a connection to a server in this process, to send on it what no
// editor would.
type wire struct {
	t       *testing.T
	out     io.Writer
	replies *framing
	done    chan error
}

func connect(t *testing.T) *wire {
	in, toServer := io.Pipe()
	fromServer, out := io.Pipe()
	w := &wire{t, toServer, newFraming(fromServer, io.Discard), make(chan error, 1)}
	go func() { w.done <- Serve(t.Context(), in, out, "test") }()
	t.Cleanup(func() { toServer.Close(); fromServer.Close() })
	return w
}

func framed(body string) string { return fmt.Sprintf("Content-Length: %d\r\n\r\n%s", len(body), body) }

func (w *wire) send(raw string) {
	w.t.Helper()
	if _, err := io.WriteString(w.out, raw); err != nil {
		w.t.Error(err)
	}
}

func (w *wire) message(body string) { w.t.Helper(); w.send(framed(body)) }

// A reply is what the server sent: an answer or a notification.
type reply struct {
	ID     json.RawMessage
	Error  *struct{ Code int }
	Result json.RawMessage
	Method string
	Params json.RawMessage
}

func (w *wire) next() (r reply) {
	w.t.Helper()
	msg, err := w.replies.Recv()
	if err != nil {
		w.t.Fatal(err)
	}
	if err := json.Unmarshal(msg, &r); err != nil {
		w.t.Fatal(err)
	}
	return r
}

func (w *wire) wantError(code int) {
	w.t.Helper()
	if r := w.next(); r.Error == nil || r.Error.Code != code {
		w.t.Errorf("got error %+v, want code %d", r.Error, code)
	}
}

// wantEnd waits for the server to end, as it does after exit.
func (w *wire) wantEnd() {
	w.t.Helper()
	go func() {
		for {
			if _, err := w.replies.Recv(); err != nil {
				return
			}
		}
	}()
	if err := <-w.done; err != nil {
		w.t.Errorf("server ended with %v", err)
	}
}

// A client that does not wait for answers, but says all it has to say at
// once, is understood as well.
func TestImpatient(t *testing.T) {
	for range 20 {
		dir := t.TempDir()
		files, err := txtar.FS(txtar.Parse([]byte(shop)))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.CopyFS(dir, files); err != nil {
			t.Fatal(err)
		}
		w := connect(t)
		go w.send(framed(fmt.Sprintf(`{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"rootUri":%q,"capabilities":{}}}`, editor.URI(dir))) +
			framed(`{"jsonrpc":"2.0","method":"initialized","params":{}}`) +
			framed(fmt.Sprintf(`{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"uri":%q,"version":1,"text":%q}}}`,
				editor.URI(filepath.Join(dir, logic)), "package logic\n\nimport _ \"example.com/mono/products/users/models\"\n")))
		for {
			r := w.next()
			if r.Method == "textDocument/publishDiagnostics" && strings.Contains(string(r.Params), "private-import") {
				break
			}
		}
		go w.send(framed(`{"jsonrpc":"2.0","id":2,"method":"shutdown"}`) + framed(`{"jsonrpc":"2.0","method":"exit"}`))
		if r := w.next(); string(r.ID) != "2" || r.Error != nil {
			t.Errorf("shutdown: %+v", r)
		}
		w.wantEnd()
	}
}

// All that was said before the editor hung up is answered, in its order.
func TestAnswersAll(t *testing.T) {
	var in, out strings.Builder
	in.WriteString(framed(`{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"capabilities":{}}}`))
	in.WriteString(framed(`{"jsonrpc":"2.0","method":"initialized","params":{}}`))
	for id := 1; id <= 300; id++ {
		in.WriteString(framed(fmt.Sprintf(`{"jsonrpc":"2.0","id":%d,"method":"textDocument/hover","params":{}}`, id)))
	}
	in.WriteString(framed(`{"jsonrpc":"2.0","id":301,"method":"shutdown"}`))
	if err := Serve(t.Context(), strings.NewReader(in.String()), &out, "test"); err != nil {
		t.Fatal(err)
	}
	replies := newFraming(strings.NewReader(out.String()), io.Discard)
	for id := range 302 {
		var r reply
		if msg, err := replies.Recv(); err != nil || json.Unmarshal(msg, &r) != nil || string(r.ID) != fmt.Sprint(id) || r.Error != nil {
			t.Fatalf("answer %d: %s %v", id, msg, err)
		}
	}
}

// What is cancelled before its turn is answered with the code for that, and
// what comes later is not.
func TestCancel(t *testing.T) {
	turn, ran := make(chan bool), 0
	in, toServer := io.Pipe()
	fromServer, out := io.Pipe()
	c := newConn(in, out, func(string) handler {
		return func(context.Context, json.RawMessage) (any, error) { <-turn; ran++; return 1, nil }
	})
	ended := make(chan error)
	go func() { ended <- c.serve(t.Context()) }()
	w := &wire{t: t, out: toServer, replies: newFraming(fromServer, io.Discard)}
	w.message(`{"jsonrpc":"2.0","id":1,"method":"slow"}`)
	w.message(`{"jsonrpc":"2.0","id":"two","method":"slow"}`)
	w.message(`{"jsonrpc":"2.0","id":3,"method":"slow"}`)
	w.message(`{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":"two"}}`)
	w.message(`{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":"nobody"}}`)
	w.message(`{"jsonrpc":"2.0","method":"$/cancelRequest"}`)
	close(turn)
	for _, want := range []int{0, -32800, 0} {
		r := w.next()
		if got := r.Error; want == 0 && got != nil || want != 0 && (got == nil || got.Code != want) {
			t.Errorf("answer to %s: %+v, want code %d", r.ID, r.Error, want)
		}
	}
	toServer.Close()
	if err := <-ended; err != nil || ran != 2 || len(c.waiting) > 0 {
		t.Errorf("ended with %v, %d requests handled, %d waiting", err, ran, len(c.waiting))
	}
}

// What the editor is asked, it answers with a result, an error, or not.
func TestAsk(t *testing.T) {
	in, toServer := io.Pipe()
	fromServer, out := io.Pipe()
	c := newConn(in, out, func(string) handler { return nil })
	go c.serve(t.Context())
	w := &wire{t: t, out: toServer, replies: newFraming(fromServer, io.Discard)}
	for _, answer := range []string{`"result":null`, `"result":[1]`, `"error":{"code":-32601,"message":"no"}`} {
		ended := make(chan error, 1)
		go func() { ended <- c.ask(t.Context(), "do", nil) }()
		id := w.next().ID
		w.message(`{"jsonrpc":"2.0","id":99,"result":null}`)
		w.message(fmt.Sprintf(`{"jsonrpc":"2.0","id":%s,%s}`, id, answer))
		if err := <-ended; (err != nil) != strings.Contains(answer, "error") {
			t.Errorf("%s: %v", answer, err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- c.ask(ctx, "do", nil) }()
	w.next()
	cancel()
	if err := <-ended; err == nil {
		t.Error("nobody answered, and no error")
	}
}

// An editor that knows no edits of a version is given plain ones.
func TestPlainEdits(t *testing.T) {
	d := &desk{page: &page{file: "/x/a.go"}, root: &root{dir: "/x"}, uri: "file:///x/a.go", version: 3, text: newText("package a\n")}
	d.files = (&server{pages: map[string]*page{}}).shelf(d.root)
	fix := remedy{Fix: report.Fix{Message: "m", Edits: d.edit(span{0, 0}, "// x\n")}}
	a, ok := d.action(note{}, fix)
	if !ok || len(a.Edit.Changes[d.uri]) != 1 || a.Edit.DocumentChanges != nil {
		t.Errorf("plain: %+v", a.Edit)
	}
	d.versioned = true
	a, ok = d.action(note{}, fix)
	if !ok || a.Edit.Changes != nil || len(a.Edit.DocumentChanges) != 1 || *a.Edit.DocumentChanges[0].TextDocument.Version != 3 {
		t.Errorf("of a version: %+v", a.Edit)
	}
}

// Messages that are none, broken ones and unknown ones are answered as the
// protocol wants it, and the session goes on.
func TestMalformedMessages(t *testing.T) {
	w := connect(t)
	message, send, next, wantError := w.message, w.send, w.next, w.wantError
	message(`{"jsonrpc":"2.0","id":1,"method":"textDocument/hover","params":{}}`)
	wantError(-32002)
	message(`{"jsonrpc":"2.0","id":2,"method":"initialize","params":{"capabilities":{}}}`)
	if r := next(); r.Error != nil || !strings.Contains(string(r.Result), "hoverProvider") {
		t.Errorf("initialize: %s %+v", r.Result, r.Error)
	}
	message(`{"jsonrpc":"2.0","method":"initialized","params":{}}`)
	message(`{"jsonrpc":"2.0","id":3,"method":`)
	wantError(-32700)
	send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
	send("Content-Length: nonsense\r\n\r\n")
	send("Content-Length: -5\r\n\r\n")
	send("Content-Length: 99999999999\r\n\r\n")
	wantError(-32700)
	send("Content-Length: 99999999999999999999999999\r\n\r\n")
	send("Content-Type: application/vscode-jsonrpc; charset=utf8\r\ncontent-length: 2\r\n\r\n{}")
	wantError(-32600)
	message(`{"jsonrpc":"2.0","id":4,"method":"no/such/method"}`)
	wantError(-32601)
	message(`{"jsonrpc":"2.0","id":4,"method":"$/no/such/method"}`)
	wantError(-32601)
	message(`[{"jsonrpc":"2.0","id":4,"method":"textDocument/hover"}]`)
	wantError(-32600)
	message(`{"jsonrpc":"2.0","id":{},"method":7}`)
	wantError(-32600)
	message(`{"id":4,"method":"textDocument/hover"}`)
	wantError(-32600)
	message(strings.Repeat("[", 200_000))
	wantError(-32700)
	message(`{"jsonrpc":"2.0","method":"$/no/such/method"}`)
	message(`{"jsonrpc":"2.0","method":"no/such/method"}`)
	message(`{"jsonrpc":"2.0","id":4,"result":null}`)
	message(`{"jsonrpc":"2.0","id":5,"method":"textDocument/hover","params":{"textDocument":7}}`)
	wantError(-32602)
	message(`{"jsonrpc":"2.0","method":"textDocument/didChange","params":{"contentChanges":"x"}}`)
	message(`{"jsonrpc":"2.0","method":"textDocument/didChange","params":{"textDocument":{"uri":"file:///never/opened.go"},"contentChanges":[{"text":"x"}]}}`)
	message(`{"jsonrpc":"2.0","method":"textDocument/didClose","params":{"textDocument":{"uri":"file:///never/opened.go"}}}`)
	message(`{"jsonrpc":"2.0","method":"$/setTrace","params":{"value":"off"}}`)
	message(`{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":99}}`)
	message(`{"jsonrpc":"2.0","id":6,"method":"textDocument/hover","params":{"textDocument":{"uri":"file:///never/opened.go"},"position":{"line":0,"character":0}}}`)
	if r := next(); r.Error != nil || string(r.Result) != "null" {
		t.Errorf("hover: %s %+v", r.Result, r.Error)
	}
	message(`{"jsonrpc":"2.0","id":"seven","method":"shutdown"}`)
	if r := next(); r.Error != nil || string(r.ID) != `"seven"` {
		t.Errorf("shutdown: %+v", r)
	}
	message(`{"jsonrpc":"2.0","id":8,"method":"textDocument/hover","params":{}}`)
	wantError(-32600)
	message(`{"jsonrpc":"2.0","method":"exit"}`)
	w.wantEnd()
}

// An editor that hangs up without a word leaves no server behind.
func TestHangUp(t *testing.T) {
	in, toServer := io.Pipe()
	done := make(chan error, 1)
	go func() { done <- Serve(t.Context(), in, io.Discard, "test") }()
	toServer.Close()
	select {
	case err := <-done:
		if err == nil {
			t.Error("no error")
		}
	case <-time.After(10 * time.Second):
		t.Error("it lives on")
	}
}
