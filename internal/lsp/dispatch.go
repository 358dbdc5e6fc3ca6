package lsp

import (
	"context"
	"encoding/json"
	"fmt"
	"runtime/debug"
	"strings"
)

// handler returns what answers a method, or nil.
func (s *server) handler(method string) handler {
	answer := s.handlers()[method]
	if answer == nil {
		return nil
	}
	return func(ctx context.Context, params json.RawMessage) (result any, err error) {
		defer func() {
			if p := recover(); p != nil {
				s.log(logError, fmt.Sprintf("%s: panic: %v\n%s", method, p, debug.Stack()))
				err = failure(internalError, "panic: %v", p)
			}
		}()
		if err := s.allowed(method); err != nil {
			return nil, err
		}
		return answer(ctx, params)
	}
}

func (s *server) handlers() map[string]handler {
	return map[string]handler{
		"initialize":                          handle(s.initialize),
		"initialized":                         func(context.Context, json.RawMessage) (any, error) { s.initialized(); return nil, nil },
		"shutdown":                            func(context.Context, json.RawMessage) (any, error) { s.shutdown(); return nil, nil },
		"exit":                                func(context.Context, json.RawMessage) (any, error) { s.stop(); return nil, nil },
		"textDocument/didOpen":                handle(s.didOpen),
		"textDocument/didChange":              handle(s.didChange),
		"textDocument/didSave":                handle(s.didSave),
		"textDocument/didClose":               handle(s.didClose),
		"textDocument/codeAction":             handle(s.codeAction),
		"textDocument/hover":                  handle(s.hover),
		"textDocument/completion":             handle(s.completion),
		"workspace/didChangeWatchedFiles":     handle(s.didChangeWatchedFiles),
		"workspace/didChangeWorkspaceFolders": handle(s.didChangeWorkspaceFolders),
		"workspace/didChangeConfiguration":    func(context.Context, json.RawMessage) (any, error) { return nil, nil },
	}
}

// handle makes a handler of a method with parameters. What it cannot decode
// is an error of the caller.
func handle[P any](method func(context.Context, P) (any, error)) handler {
	return func(ctx context.Context, params json.RawMessage) (any, error) {
		var p P
		if len(params) > 0 {
			if err := json.Unmarshal(params, &p); err != nil {
				return nil, failure(invalidParams, "%s", strings.TrimPrefix(err.Error(), "json: "))
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
		return failure(notInitialized, "%s before initialize", method)
	case s.phase == ready && method == "initialize":
		return failure(invalidRequest, "initialize was called already")
	case s.phase == over:
		return failure(invalidRequest, "%s after shutdown", method)
	}
	return nil
}
