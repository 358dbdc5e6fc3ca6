package lsp

import (
	"context"
	"fmt"
	"maps"
	"path"
	"runtime/debug"
	"slices"
	"sync"

	"github.com/boundaries-dev/boundaries/internal/check"
	"github.com/boundaries-dev/boundaries/internal/report"
	"github.com/boundaries-dev/boundaries/internal/rule"
)

// A slow is what a root still owes: the answers that take their time. s.mu
// guards it.
type slow struct {
	running sync.Mutex // at most one at a time; held without s.mu
	cancel  context.CancelFunc
	dirs    map[string]bool // whose packages wait to be analysed
	spread  map[string]bool // of them, those whose importers have to be, too
}

// supersede ends the search for an answer that nobody wants any more.
func (w *slow) supersede() {
	if w.cancel != nil {
		w.cancel()
		w.cancel = nil
	}
}

// outdate notes that the packages in some directories have changed.
func (w *slow) outdate(dirs map[string]bool) {
	if w.dirs == nil {
		w.dirs, w.spread = map[string]bool{}, map[string]bool{}
	}
	maps.Copy(w.dirs, dirs)
	maps.Copy(w.spread, dirs)
}

// answerSlowly begins to look for the slow answers.
func (r *root) answerSlowly() {
	r.s.mu.Lock()
	defer r.s.mu.Unlock()
	r.slow.supersede()
	if r.memory == nil || !r.todo.empty() || r.ctx.Err() != nil {
		return
	}
	ctx, cancel := context.WithCancel(r.ctx)
	r.slow.cancel = cancel
	q := &question{root: r, ctx: ctx, memory: r.memory, open: r.snapshot(false), configs: r.snapshot(true)}
	q.current = r.config != nil && r.memory.Law().Config.Digest == r.config.Digest
	r.s.asking.Add(1)
	go func() {
		defer r.s.asking.Done()
		defer cancel()
		defer func() {
			if p := recover(); p != nil {
				r.s.log(logError, fmt.Sprintf("panic: %v\n%s", p, debug.Stack()))
			}
		}()
		r.slow.running.Lock()
		defer r.slow.running.Unlock()
		q.answer()
	}()
}

// A question is one search for the slow answers. It is about one state of the
// tree and ends when that is superseded.
type question struct {
	root          *root
	ctx           context.Context
	memory        *check.Memory
	current       bool // the memory is of the configuration as it is written by now
	open, configs state
}

func (q *question) answer() {
	if q.ctx.Err() != nil {
		return
	}
	q.askTree()
	edited := q.wanted()
	if q.ctx.Err() != nil || !q.askTypes(edited) {
		return
	}
	if more := q.importers(edited); len(more) > 0 {
		q.askTypes(more)
	}
}

// askTree shows what only the whole tree can know.
func (q *question) askTree() {
	if q.memory.IsGlimpse() {
		return // it was not read yet
	}
	found := map[string][]report.Finding{}
	for _, f := range q.memory.Whole(q.open.dirs()) {
		if known, ok := rule.Find(f.Rule); ok && known.Tree && f.Rule != rule.Incomplete {
			found[f.File] = append(found[f.File], f)
		}
	}
	if q.ctx.Err() != nil {
		return
	}
	for rel, t := range q.open.texts {
		q.show(rel, fromTree, notes(t, found[rel]))
		delete(found, rel)
	}
	if !q.current {
		return // in what is wrong now, the places of what was right are elsewhere
	}
	inConfig := map[string][]report.Finding{}
	for rel, list := range found {
		if isConfig(rel) {
			inConfig[rel] = list
		}
	}
	q.root.showInConfig(q.configs, fromTree, inConfig)
}

// show shows an answer, if anything has changed.
func (q *question) show(rel string, l layer, list []note) {
	pg := q.open.pages[rel]
	q.root.s.mu.Lock()
	same := len(list) == 0 && len(pg.layers[l]) == 0
	q.root.s.mu.Unlock()
	if !same {
		q.root.show(pg, q.open.texts[rel], l, list)
	}
}

// wanted returns the directories whose packages are to be analysed because
// they, and not only what they import, have changed.
func (q *question) wanted() []string {
	q.root.s.mu.Lock()
	defer q.root.s.mu.Unlock()
	open := q.open.dirs()
	maps.DeleteFunc(q.root.slow.dirs, func(dir string, _ bool) bool { return !open[dir] })
	return slices.Sorted(maps.Keys(q.root.slow.dirs))
}

// importers returns the directories of open files whose packages have to be
// analysed because something they import has changed.
func (q *question) importers(done []string) []string {
	q.root.s.mu.Lock()
	spread := slices.Sorted(maps.Keys(q.root.slow.spread))
	q.root.s.mu.Unlock()
	open := q.open.dirs()
	reached := q.memory.Importers(spread...)
	more := map[string]bool{}
	for dir := range open {
		if reached[dir] && !slices.Contains(done, dir) {
			more[dir] = true
		}
	}
	q.root.s.mu.Lock()
	defer q.root.s.mu.Unlock()
	if q.ctx.Err() != nil {
		return nil
	}
	q.root.slow.spread = map[string]bool{}
	maps.Copy(q.root.slow.dirs, more)
	return slices.Sorted(maps.Keys(more))
}

// askTypes shows what the analyzers find in the packages of some directories,
// and reports whether it came to an end.
func (q *question) askTypes(dirs []string) bool {
	if len(dirs) == 0 {
		return true
	}
	need := q.memory.NeedTypes(dirs)
	found, err := analyse(q.ctx, q.memory, need, q.open.texts)
	if q.ctx.Err() != nil {
		return false
	}
	if err != nil {
		q.root.s.log(logWarning, err.Error())
	}
	for rel, t := range q.open.texts {
		switch dir := path.Dir(rel); {
		case slices.Contains(need, dir):
			q.show(rel, fromTypes, q.keep(rel, notesOf(t, found[rel]), found[rel]))
		case slices.Contains(dirs, dir):
			q.show(rel, fromTypes, nil)
		}
	}
	q.root.s.mu.Lock()
	defer q.root.s.mu.Unlock()
	if q.ctx.Err() != nil {
		return false
	}
	for _, dir := range dirs {
		delete(q.root.slow.dirs, dir)
	}
	return true
}

// keep adds to an answer the older notes of those analyzers that could not
// look this time, because the package has type errors while it is edited.
func (q *question) keep(rel string, list []note, a answer) []note {
	q.root.s.mu.Lock()
	defer q.root.s.mu.Unlock()
	for _, n := range q.open.pages[rel].layers[fromTypes] {
		if !a.ran[n.analyzer] {
			list = append(list, n)
		}
	}
	return list
}
