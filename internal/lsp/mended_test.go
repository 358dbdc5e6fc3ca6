package lsp

import (
	"context"
	"encoding/json"
	"go/format"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"github.com/boundaries-dev/boundaries/internal/editor"
)

// alone unpacks a tree and returns its root, which nobody works for: a test
// says what happens, and in which order.
func alone(t *testing.T, tree string) *root {
	t.Helper()
	dir := t.TempDir()
	files, err := txtar.FS(txtar.Parse([]byte(tree)))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(dir, files); err != nil {
		t.Fatal(err)
	}
	s := &server{ctx: t.Context(), pages: map[string]*page{}, roots: map[string]*root{}, folders: map[string]bool{dir: true}, logged: map[string]bool{}, phase: ready}
	s.conn = newConn(strings.NewReader(""), io.Discard, s.handler)
	r := &root{s: s, file: filepath.Join(dir, "boundaries.toml"), dir: dir, ctx: t.Context(), quit: func() {}, wake: make(chan struct{}, 1)}
	r.scan.result = make(chan scanned, 1)
	s.roots[r.file] = r
	r.later(func(t *todo) { t.reconfigure = true })
	return r
}

func (r *root) write(t *testing.T, name, content string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(r.dir, name), []byte(content), 0o666); err != nil {
		t.Fatal(err)
	}
}

// tell does what the editor's message does.
func tell(t *testing.T, s *server, method, params string) {
	t.Helper()
	if _, err := s.handler(method)(t.Context(), []byte(params)); err != nil {
		t.Fatal(err)
	}
}

func (r *root) uri(name string) string {
	return `{"uri":"` + editor.URI(filepath.Join(r.dir, name)) + `"`
}

// unused returns the dependencies that nothing in the tree as it is remembered
// makes use of.
func (r *root) unused() (list []string) {
	for _, f := range r.memory.Whole(nil) {
		if f.Rule == "unused-dependency" {
			list = append(list, f.Module+" "+f.TargetModule)
		}
	}
	return list
}

// What the disk is said to have become while the tree is read counts, though
// the scan has read what was there before; also for a scan that is not the
// first.
func TestChangedWhileScanning(t *testing.T) {
	r := alone(t, shop)
	r.answer()
	for _, scan := range []string{"first", "second"} {
		s := <-r.scan.result
		r.write(t, logic, "package logic\n")
		tell(t, r.s, "workspace/didChangeWatchedFiles", `{"changes":[`+r.uri(logic)+`,"type":2}]}`)
		r.answer()
		r.arrived(s)
		if got := r.unused(); !slices.Equal(got, []string{"products/billing products/users"}) {
			t.Errorf("%s scan: unused: %q", scan, got)
		}
		r.write(t, logic, "package logic\n\nimport _ \"example.com/mono/products/users/facade\"\n")
		tell(t, r.s, "workspace/didChangeWatchedFiles", `{"changes":[`+r.uri(logic)+`,"type":2},`+r.uri("go.mod")+`,"type":2}]}`)
		r.answer()
	}
	<-r.scan.result
}

// What was written in an editor and thrown away while the tree was read is no
// part of it.
func TestClosedWhileScanning(t *testing.T) {
	r := alone(t, shop)
	tell(t, r.s, "textDocument/didOpen", `{"textDocument":`+r.uri(logic)+`,"version":1,"text":"package logic\n"}}`)
	r.answer()
	s := <-r.scan.result
	tell(t, r.s, "textDocument/didClose", `{"textDocument":`+r.uri(logic)+`}}`)
	r.answer()
	r.arrived(s)
	if got := r.unused(); len(got) > 0 {
		t.Errorf("unused: %q", got)
	}
}

// A branch is changed while the tree is read: it is read again.
func TestMuchChangedWhileScanning(t *testing.T) {
	r := alone(t, shop)
	r.answer()
	s := <-r.scan.result
	r.scan.missed = map[string]bool{}
	for i := range manyFiles + 1 {
		r.scan.missed[strings.Repeat("x", i)+".go"] = true
	}
	r.arrived(s)
	if !r.todo.rescan {
		t.Error("it is not read again")
	}
}

// While a configuration is wrong, what was found in the last right one stays
// with the lines it was about.
func TestFindingsInWrongConfig(t *testing.T) {
	const toml = "boundaries.toml"
	s := begin(t, shop, editor.Options{})
	right := s.read(toml) + "\n[[modules]]\npath = \"products/ghost\"\n"
	s.open(toml)
	s.edit(toml, right)
	s.expect(toml, "12 dead-config")
	s.open(logic)
	s.expect(logic)
	s.edit(toml, "pro\n\n\n\n"+right)
	s.expect(toml, "1 bad-config", "16 dead-config")
	time.Sleep(2 * lull)
	s.edit(logic, "package logic\n\nimport _ \"example.com/mono/products/users/models\"\n") // the slow answers are looked for
	s.expect(logic, "3 private-import")
	time.Sleep(5 * lull)
	s.expect(toml, "1 bad-config", "16 dead-config")
	s.edit(toml, "\n"+right)
	s.expect(toml, "13 dead-config")
}

// The same in one that is not open and breaks on the disk.
func TestFindingsInWrongConfigOnDisk(t *testing.T) {
	const toml = "boundaries.toml"
	s := begin(t, shop, editor.Options{})
	right := s.read(toml) + "\n[[modules]]\npath = \"products/ghost\"\n"
	s.write(toml, right)
	s.expect(toml, "12 dead-config")
	s.write(toml, "pro\n\n\n\n"+right)
	s.expect(toml, "1 bad-config", "16 dead-config")
	s.write(toml, "\n"+right)
	s.expect(toml, "13 dead-config")
}

// scanned waits until the tree was read: until then nobody can tell what is
// unused in boundaries.toml, which is open.
func (s *session) scanned() {
	s.t.Helper()
	const toml = "boundaries.toml"
	s.edit(toml, strings.Replace(s.read(toml), "depends_on = []", "depends_on = [\"products/billing\"]", 1))
	s.expect(toml, "9 unused-dependency")
}

// An editor that watches tells of a directory that is gone as of one thing.
func TestDirectoryGone(t *testing.T) {
	const toml = "boundaries.toml"
	s := begin(t, shop, editor.Options{Watches: true})
	s.open(toml)
	s.scanned()
	if err := os.RemoveAll(s.path("products/billing/logic")); err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	if err := s.Changed(s.ctx, s.path("products/billing/logic")); err != nil {
		t.Fatal(err)
	}
	s.expect(toml, "5 unused-dependency", "9 unused-dependency")
	if took := time.Since(start); took > toldRest/2 {
		t.Errorf("took %v", took)
	}
}

// What lies outside its folders is nothing it tells of.
func TestGoneUntold(t *testing.T) {
	const toml = "boundaries.toml"
	s := begin(t, shop, editor.Options{Watches: true, Folders: []string{"products/users"}})
	s.open(toml)
	s.scanned()
	if err := os.Remove(s.path(logic)); err != nil {
		t.Fatal(err)
	}
	s.expect(toml, "5 unused-dependency", "9 unused-dependency")
}

// A configuration that is not on the disk yet is not wrong there.
func TestNewConfig(t *testing.T) {
	const toml = "boundaries.toml"
	s := begin(t, shop, editor.Options{})
	right := s.read(toml)
	if err := os.Remove(s.path(toml)); err != nil {
		t.Fatal(err)
	}
	s.write(logic, strings.ReplaceAll(s.read(logic), "users/facade", "users/models"))
	s.open(logic)
	s.expect(logic)
	if err := s.Open(s.ctx, s.path(toml), right); err != nil {
		t.Fatal(err)
	}
	s.expect(logic, "3 private-import")
}

// What is wrong on the disk is said in Go files as long as it is so, whatever
// the editor has.
func TestConfigOnDisk(t *testing.T) {
	const toml = "boundaries.toml"
	s := begin(t, shop, editor.Options{})
	right := s.read(toml)
	s.open(logic)
	s.open(toml)
	s.expect(logic)
	s.write(toml, "x = [\n")
	s.expect(logic, "1 bad-config")
	s.edit(toml, "x = [\n")
	s.expect(toml, "1 bad-config")
	s.write(toml, right)
	s.expect(logic)
}

// The session ends with the editor's process.
func TestParentGone(t *testing.T) {
	if !runs(os.Getpid()) || runs(1<<30) {
		t.Skip("this system does not tell which processes run")
	}
	parent := serverCommand(t)
	stdin, err := parent.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	defer stdin.Close()
	if err := parent.Start(); err != nil {
		t.Fatal(err)
	}
	w := connect(t)
	w.message(`{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"processId":` + strconv.Itoa(parent.Process.Pid) + `,"capabilities":{}}}`)
	w.next()
	_ = parent.Process.Kill()
	_ = parent.Wait()
	select {
	case err := <-w.done:
		if err == nil {
			t.Error("no error")
		}
	case <-time.After(20 * time.Second):
		t.Error("it lives on")
	}
}

// A signal ends the session, with an error, since nobody said shutdown, and
// with it the go command that is running.
func TestInterrupted(t *testing.T) {
	if runs(1 << 30) {
		t.Skip("this system does not tell which processes run")
	}
	r := alone(t, shop) // for its tree
	const facade = "products/users/facade/facade.go"
	r.write(t, facade, "package facade\n\nimport \"example.com/mono/products/users/models\"\n\nvar Last models.User\n")
	bin := t.TempDir()
	id := filepath.Join(bin, "id")
	if err := os.WriteFile(filepath.Join(bin, "go"), []byte("#!/bin/sh\necho $$ > "+id+"\nexec sleep 60\n"), 0o777); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", bin+":"+os.Getenv("PATH"))
	ctx, interrupt := context.WithCancel(t.Context())
	in, toServer := io.Pipe()
	done := make(chan error, 1)
	go func() { done <- Serve(ctx, in, io.Discard, "test") }()
	w := &wire{t: t, out: toServer}
	w.message(`{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"rootUri":"` + editor.URI(r.dir) + `","capabilities":{}}}`)
	w.message(`{"jsonrpc":"2.0","method":"initialized","params":{}}`)
	src, _ := json.Marshal(textOnDisk(filepath.Join(r.dir, facade)).src)
	w.message(`{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":` + r.uri(facade) + `,"version":1,"text":` + string(src) + `}}}`)
	var process int
	for end := time.Now().Add(20 * time.Second); process == 0 && time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		said, _ := os.ReadFile(id)
		process, _ = strconv.Atoi(strings.TrimSpace(string(said)))
	}
	if process == 0 || !runs(process) {
		t.Fatalf("the go command %d does not run", process)
	}
	interrupt()
	if err := <-done; err == nil {
		t.Error("no error")
	}
	if runs(process) {
		t.Error("the go command runs on")
	}
}

// A rule that is misspelt in an ignore comment is written as it is meant.
func TestFixIgnoredRule(t *testing.T) {
	s := begin(t, shop, editor.Options{})
	src := "package logic\n\nimport _ \"example.com/mono/products/users/models\" //boundaries:ignore orm-leak,privat-import because\n"
	s.write(logic, src)
	s.open(logic)
	s.expect(logic, "3 bad-ignore", "3 private-import")
	after := s.do(logic, 3, `Write "private-import"`, map[string]string{logic: src})[logic]
	if want := strings.Replace(src, "privat-", "private-", 1); after != want {
		t.Errorf("got\n%s", after)
	}
}

// An ignore comment below words is one that gofmt leaves where it is.
func TestIgnoreIsFormatted(t *testing.T) {
	for _, src := range []string{
		"package x\n\n// Doc.\nvar X int\n",
		"package x\n\n// Doc.\n//\n//go:noinline\nfunc X() {}\n",
		"package x\n\nvar X int\n",
		"package x\n\n// Elsewhere.\n\nvar X int\n",
		"package x\n\nimport (\n\t// Doc.\n\tX \"fmt\"\n)\n",
		"package x\n\ntype T struct {\n\t// Doc.\n\tX int\n}\n",
		"package x\n\ntype T interface {\n\t// Doc.\n\tX() int\n}\n",
	} {
		d := &desk{page: &page{file: "/x/a.go"}, root: &root{dir: "/x"}, text: newText(src)}
		at := strings.LastIndex(src, "X")
		e := d.ignore(note{span: span{at, at + 1}}).Edits[0]
		after := src[:e.Start] + e.NewText + src[e.End:]
		formatted, err := format.Source([]byte(after))
		if err != nil || string(formatted) != after {
			t.Errorf("%v: gofmt makes of\n%s\n%s", err, after, formatted)
		}
	}
}

// Who asks under a name that is none is told so, and nothing is done.
func TestOddIDs(t *testing.T) {
	for _, id := range []string{"{}", "[1]", "true"} {
		w := connect(t)
		w.message(`{"jsonrpc":"2.0","id":` + id + `,"method":"initialize","params":{"capabilities":{}}}`)
		if r := w.next(); string(r.ID) != "null" || r.Error == nil || r.Error.Code != invalidRequest {
			t.Errorf("id %s: %s %+v", id, r.ID, r.Error)
		}
		w.message(`{"jsonrpc":"2.0","id":1,"method":"shutdown"}`)
		w.wantError(notInitialized)
	}
}

// Whoever writes all before reading any is read, and what is cancelled at the
// end of it is not done.
func TestBacklog(t *testing.T) {
	in, toServer := io.Pipe()
	fromServer, out := io.Pipe()
	done := 0
	c := newConn(in, out, func(string) handler {
		return func(context.Context, json.RawMessage) (any, error) { done++; return nil, nil }
	})
	ended := make(chan error, 1)
	go func() { ended <- c.serve(t.Context()) }()
	w := &wire{t: t, out: toServer, replies: newFraming(fromServer, io.Discard)}
	const many = 500
	for i := range many {
		w.message(`{"jsonrpc":"2.0","id":` + strconv.Itoa(i) + `,"method":"do"}`)
	}
	w.message(`{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":` + strconv.Itoa(many-1) + `}}`)
	w.message(`{"jsonrpc":"2.0","method":"$/nothing","id":"` + strings.Repeat("x", 100_000) + `"}`) // the one before was read
	for i := range many {
		if r := w.next(); string(r.ID) != strconv.Itoa(i) || (i == many-1) != (r.Error != nil) {
			t.Errorf("answer %d: %s %+v", i, r.ID, r.Error)
		}
	}
	w.next()
	toServer.Close()
	if err := <-ended; err != nil || done != many {
		t.Errorf("%v, %d done", err, done)
	}
}

// A queue takes no more than it may hold, but always one, and ends with its
// time.
func TestQueue(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	q := newQueue(ctx)
	q.put(request{method: "a"}, 2*manyBytes)
	second := make(chan bool)
	go func() { q.put(request{method: "b"}, 1); close(second) }()
	select {
	case <-second:
		t.Error("it took too much")
	case <-time.After(20 * time.Millisecond):
	}
	for _, want := range []string{"a", "b"} {
		if r, ok := q.next(); !ok || r.method != want {
			t.Errorf("got %s, want %s", r.method, want)
		}
	}
	<-second
	cancel()
	if _, ok := q.next(); ok {
		t.Error("it goes on")
	}
}

// Before the tree is read, nothing is said of what only the whole tree shows.
func TestGlimpseSaysLittle(t *testing.T) {
	r := alone(t, shop)
	tell(t, r.s, "textDocument/didOpen", `{"textDocument":`+r.uri("boundaries.toml")+`,"version":1,"text":"products = [\"products/*\"]\n\n[[modules]]\npath = \"products/billing\"\ndepends_on = [\"products/users\"]\n"}}`)
	r.answer()
	(&question{root: r, ctx: t.Context(), memory: r.memory, current: true, open: r.snapshot(false), configs: r.snapshot(true)}).askTree()
	if list := r.s.pages[r.file].layers[fromTree]; !r.memory.IsGlimpse() || len(list) > 0 {
		t.Errorf("found %+v", list)
	}
	<-r.scan.result
}
