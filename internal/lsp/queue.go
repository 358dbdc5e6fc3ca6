package lsp

import (
	"context"
	"sync"
)

// manyBytes bounds what waits in a queue. An editor that writes all it has to
// say before it reads an answer has to say less than that at once.
const manyBytes = 64 << 20

// A queue keeps requests in the order in which they came, so that reading
// goes on while answering does not.
type queue struct {
	ctx context.Context

	mu     sync.Mutex
	change *sync.Cond
	list   []queued
	bytes  int
	ended  bool
}

type queued struct {
	request
	bytes int
}

// newQueue makes a queue for the time of ctx.
func newQueue(ctx context.Context) *queue {
	q := &queue{ctx: ctx}
	q.change = sync.NewCond(&q.mu)
	context.AfterFunc(ctx, q.end)
	return q
}

// put adds a request that came in a message of so many bytes. It waits while
// too much is waiting already.
func (q *queue) put(r request, bytes int) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for q.bytes > 0 && q.bytes+bytes > manyBytes && q.ctx.Err() == nil {
		q.change.Wait()
	}
	q.list = append(q.list, queued{r, bytes})
	q.bytes += bytes
	q.change.Broadcast()
}

// next waits for the next request and takes it; ok is false if there will be
// none, or ctx has ended.
func (q *queue) next() (_ request, ok bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.list) == 0 && !q.ended {
		q.change.Wait()
	}
	if len(q.list) == 0 || q.ctx.Err() != nil {
		return request{}, false
	}
	r := q.list[0]
	q.list[0] = queued{}
	q.list = q.list[1:]
	q.bytes -= r.bytes
	q.change.Broadcast()
	return r.request, true
}

// end says that nothing more will come.
func (q *queue) end() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.ended = true
	q.change.Broadcast()
}
