package lsp

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"sync"
	"time"
)

// A conn speaks JSON-RPC with an editor. What the editor says is answered in
// the order in which it is said, one after the other, for that is its meaning:
// a position is one in the text as it was edited so far. All of it is answered,
// also if the editor hangs up behind it.
//
// Ahead of their turn come only answers to what we asked and $/cancelRequest,
// which is about a request that may still be waiting.
type conn struct {
	framing *framing
	answer  func(method string) handler // nil: there is no such method

	writing sync.Mutex

	mu      sync.Mutex
	waiting map[string]context.CancelFunc // what the editor asked, by its id
	asked   map[string]chan error         // what we asked
	ids     int
}

// A handler answers a method. Its error is one of the protocol, or is sent as
// an internal error.
type handler func(ctx context.Context, params json.RawMessage) (any, error)

// A message is what goes over the wire: a request, a notification or an
// answer.
type message struct {
	Version string          `json:"jsonrpc"`
	ID      json.RawMessage `json:"id,omitempty"`
	Method  string          `json:"method,omitempty"`
	Params  any             `json:"params,omitempty"`
	Result  any             `json:"result,omitempty"`
	Error   *rpcError       `json:"error,omitempty"`
}

// An rpcError is an answer that says what is wrong with the question.
type rpcError struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
}

func (e *rpcError) Error() string { return e.Message }

func failure(code int, format string, args ...any) *rpcError {
	return &rpcError{code, fmt.Sprintf(format, args...)}
}

// The codes of JSON-RPC and of the protocol.
const (
	parseError       = -32700
	invalidRequest   = -32600
	methodNotFound   = -32601
	invalidParams    = -32602
	internalError    = -32603
	notInitialized   = -32002
	requestCancelled = -32800
)

func newConn(in io.Reader, out io.Writer, answer func(method string) handler) *conn {
	return &conn{
		framing: newFraming(in, out), answer: answer,
		waiting: map[string]context.CancelFunc{}, asked: map[string]chan error{},
	}
}

// A request is a message of the editor whose turn will come.
type request struct {
	ctx    context.Context
	cancel context.CancelFunc
	id     json.RawMessage // nil: nobody waits for an answer
	method string
	params json.RawMessage
	wrong  *rpcError // it is none
}

// serve answers until the editor hangs up, which is no error, or ctx ends. It
// returns then even if the editor does not take the answer it is given.
func (c *conn) serve(ctx context.Context) error {
	waiting := newQueue(ctx)
	ended, answered := make(chan error, 1), make(chan struct{})
	go func() {
		defer waiting.end()
		for ctx.Err() == nil {
			msg, err := c.framing.Recv()
			if err != nil {
				ended <- err
				return
			}
			if r, ok := c.read(ctx, msg); ok {
				waiting.put(r, len(msg))
			}
		}
	}()
	go func() {
		defer close(answered)
		for r, ok := waiting.next(); ok; r, ok = waiting.next() {
			c.reply(r)
		}
	}()
	select {
	case <-answered:
	case <-ctx.Done():
		select {
		case <-answered: // what it was at is done
		case <-time.After(time.Second):
		}
	}
	if ctx.Err() != nil {
		return nil
	}
	if err := <-ended; !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return err
	}
	return nil
}

// read makes a request of a message, unless it is to be seen to at once.
func (c *conn) read(ctx context.Context, msg []byte) (request, bool) {
	var m struct {
		Version string          `json:"jsonrpc"`
		ID      json.RawMessage `json:"id"`
		Method  *string         `json:"method"`
		Params  json.RawMessage `json:"params"`
		Result  json.RawMessage `json:"result"`
		Error   *rpcError       `json:"error"`
	}
	r := request{ctx: ctx, cancel: func() {}, id: null}
	var syntax *json.SyntaxError
	switch err := json.Unmarshal(msg, &m); {
	case errors.As(err, &syntax):
		r.wrong = failure(parseError, "this is not JSON: %v", err)
	case err != nil || m.Version != "2.0":
		r.wrong = failure(invalidRequest, "this is not JSON-RPC 2.0")
	}
	named := len(m.ID) == 0 || bytes.IndexByte([]byte("{[tf"), m.ID[0]) < 0 // by a string, a number or null
	if len(m.ID) > 0 && named {
		r.id = m.ID
	}
	switch {
	case r.wrong != nil:
	case m.Method != nil && !named:
		r.wrong = failure(invalidRequest, "an id is a string or a number")
	case m.Method != nil:
		r.method, r.params = *m.Method, m.Params
		if bytes.Equal(r.id, null) {
			r.id = nil
		}
	case m.Result != nil || m.Error != nil:
		c.answered(string(m.ID), m.Error)
		return r, false
	default:
		r.wrong = failure(invalidRequest, "there is no method")
	}
	if r.method == "$/cancelRequest" {
		c.cancel(m.Params)
		return r, false
	}
	if r.wrong == nil && r.id != nil {
		r.ctx, r.cancel = context.WithCancel(ctx)
		c.mu.Lock()
		c.waiting[string(r.id)] = r.cancel
		c.mu.Unlock()
	}
	return r, true
}

var null = json.RawMessage("null")

// cancel notes that the editor does not wait any more.
func (c *conn) cancel(params json.RawMessage) {
	var p struct {
		ID json.RawMessage `json:"id"`
	}
	if json.Unmarshal(params, &p) != nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if cancel := c.waiting[string(p.ID)]; cancel != nil {
		cancel()
	}
}

// reply answers a request.
func (c *conn) reply(r request) {
	var result any
	wrong := r.wrong
	if wrong == nil {
		result, wrong = c.result(r)
	}
	if r.id == nil {
		return
	}
	r.cancel()
	c.mu.Lock()
	delete(c.waiting, string(r.id))
	c.mu.Unlock()
	if wrong == nil && result == nil {
		result = null
	}
	_ = c.send(message{ID: r.id, Result: result, Error: wrong})
}

// result has a request handled.
func (c *conn) result(r request) (result any, wrong *rpcError) {
	answer := c.answer(r.method)
	if answer == nil {
		return nil, failure(methodNotFound, "no method %s", r.method)
	}
	if r.ctx.Err() != nil {
		return nil, failure(requestCancelled, "%s was cancelled", r.method)
	}
	result, err := answer(r.ctx, r.params)
	switch {
	case r.ctx.Err() != nil:
		return nil, failure(requestCancelled, "%s was cancelled", r.method)
	case errors.As(err, &wrong):
		return nil, wrong
	case err != nil:
		return nil, failure(internalError, "%v", err)
	}
	return result, nil
}

// notify tells the editor something.
func (c *conn) notify(method string, params any) {
	_ = c.send(message{Method: method, Params: params})
}

// ask asks the editor something and waits until it has done it.
func (c *conn) ask(ctx context.Context, method string, params any) error {
	done := make(chan error, 1)
	c.mu.Lock()
	c.ids++
	id := strconv.Itoa(c.ids)
	c.asked[id] = done
	c.mu.Unlock()
	if err := c.send(message{ID: json.RawMessage(id), Method: method, Params: params}); err != nil {
		return err
	}
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (c *conn) answered(id string, wrong *rpcError) {
	c.mu.Lock()
	defer c.mu.Unlock()
	done := c.asked[id]
	delete(c.asked, id)
	switch {
	case done == nil: // we did not ask
	case wrong != nil:
		done <- wrong
	default:
		done <- nil
	}
}

func (c *conn) send(m message) error {
	m.Version = "2.0"
	msg, err := json.Marshal(m)
	if err != nil {
		return err
	}
	c.writing.Lock()
	defer c.writing.Unlock()
	return c.framing.Send(msg)
}
