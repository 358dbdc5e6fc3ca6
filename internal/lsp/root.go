package lsp

import (
	"context"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/boundaries-dev/boundaries/internal/check"
	"github.com/boundaries-dev/boundaries/internal/config"
	"github.com/boundaries-dev/boundaries/internal/report"
)

// A root is a configuration and the tree below it, with a goroutine that
// answers what changes there.
type root struct {
	s    *server
	file string // the configuration file
	dir  string
	ctx  context.Context
	quit context.CancelFunc
	wake chan struct{}

	// What is to be done, and what is known. s.mu guards it.
	todo   todo
	memory *check.Memory // of the last configuration that was right; nil at first
	slow   slow

	// The worker's own.
	config   *config.Config // the last one, right or wrong
	problems []config.Problem
	onDisk   saved
	scan     scan
}

// A scan is what is known of the reading of the tree.
type scan struct {
	running bool
	again   bool            // the one that is running is too old already
	missed  map[string]bool // what changed since it began, by path below the root
	result  chan scanned    // where it will arrive
	began   time.Time
	cost    time.Duration
	mods    string           // what the go.mod files looked like
	stamps  map[string]stamp // what the Go files looked like
}

// A todo is what a root was told of since it last looked.
type todo struct {
	edited      map[string]bool // files with new contents, by path below the root
	touched     map[string]bool // files that changed on the disk, likewise
	reconfigure bool
	rescan      bool
	again       bool // answer once more, about another tree
}

func (t *todo) empty() bool {
	return len(t.edited) == 0 && len(t.touched) == 0 && !t.reconfigure && !t.rescan && !t.again
}

// newRoot makes a root and sets it to work. s.mu is held.
func (s *server) newRoot(file string) *root {
	r := &root{s: s, file: file, dir: filepath.Dir(file), wake: make(chan struct{}, 1)}
	r.scan.result = make(chan scanned, 1)
	r.ctx, r.quit = context.WithCancel(s.ctx)
	r.todo = todo{reconfigure: true}
	s.roots[file] = r
	go r.work()
	r.wakeUp()
	return r
}

func (r *root) wakeUp() {
	select {
	case r.wake <- struct{}{}:
	default: // it is awake
	}
}

// rel returns the path of a file below the root.
func (r *root) rel(file string) string {
	rel, err := filepath.Rel(r.dir, file)
	if err != nil {
		return filepath.ToSlash(file)
	}
	return filepath.ToSlash(rel)
}

// edited notes that a page has other contents, is opened or closed. s.mu is
// held.
func (r *root) edited(pg *page) {
	pg.stale = true
	rel := r.rel(pg.file)
	if isConfig(pg.file) {
		r.todo.reconfigure = true
	}
	if r.todo.edited == nil {
		r.todo.edited = map[string]bool{}
	}
	r.todo.edited[rel] = true
	r.slow.supersede()
	r.wakeUp()
}

// touched notes that a file changed on the disk. s.mu is held.
func (r *root) touch(file string) {
	switch name := filepath.Base(file); {
	case isConfig(file), name == config.BaselineFile:
		r.todo.reconfigure = true
	case name == "go.mod", name == "go.work":
		r.todo.rescan = true
	case isGo(file):
		if r.todo.touched == nil {
			r.todo.touched = map[string]bool{}
		}
		r.todo.touched[r.rel(file)] = true
	case r.memory != nil && r.memory.Tree().HasDir(r.rel(file)):
		r.todo.rescan = true // with all that was, or is, below it
	default:
		return
	}
	r.slow.supersede()
	r.wakeUp()
}

// The pauses of a root.
const (
	lull    = 120 * time.Millisecond  // without an edit, before the slow answers are looked for
	patrol  = 500 * time.Millisecond  // between two looks at what nobody tells us of
	maxRest = 2500 * time.Millisecond // at most, however long a look takes
)

// work answers until the root is given up.
func (r *root) work() {
	defer r.s.survive(r)
	pause := time.NewTimer(time.Hour)
	look := time.NewTimer(patrol)
	for {
		select {
		case <-r.ctx.Done():
			return
		case <-r.wake:
		case s := <-r.scan.result:
			r.arrived(s)
		case <-look.C:
			started := time.Now()
			r.patrol()
			look.Reset(min(max(patrol, 20*time.Since(started)), maxRest))
		case <-pause.C:
			r.answerSlowly()
			continue
		}
		if r.answer() {
			pause.Reset(lull)
		}
	}
}

// A state is what a root answers about: the contents of the open files below
// it, by path below the root.
type state struct {
	texts map[string]*text
	pages map[string]*page
}

// snapshot returns the open files, those of the configuration or the others.
// s.mu is held.
func (r *root) snapshot(configs bool) state {
	st := state{map[string]*text{}, map[string]*page{}}
	for _, pg := range r.s.pages {
		if pg.root == r && pg.open && isConfig(pg.file) == configs {
			rel := r.rel(pg.file)
			st.texts[rel], st.pages[rel] = pg.text, pg
		}
	}
	return st
}

func (st state) overlay() map[string][]byte {
	contents := map[string][]byte{}
	for rel, t := range st.texts {
		contents[rel] = []byte(t.src)
	}
	return contents
}

// dirs returns the directories of the files.
func (st state) dirs() map[string]bool {
	dirs := map[string]bool{}
	for rel := range st.texts {
		dirs[path.Dir(rel)] = true
	}
	return dirs
}

// answer does what is to be done at once, and reports whether there was
// anything.
func (r *root) answer() bool {
	r.s.mu.Lock()
	job := r.todo
	r.todo = todo{}
	open, configs := r.snapshot(false), r.snapshot(true)
	memory := r.memory
	r.s.mu.Unlock()
	if job.empty() {
		return false
	}
	r.miss(job)
	if job.reconfigure {
		memory = r.reconfigure(memory, configs, open)
	}
	if memory != nil {
		memory = r.update(memory, job, open)
	}
	if job.rescan {
		r.rescan(open)
	}
	r.s.mu.Lock()
	r.memory = memory
	r.s.mu.Unlock()
	dirs := map[string]bool{}
	for rel := range job.edited {
		dirs[path.Dir(rel)] = true
	}
	for rel := range job.touched {
		dirs[path.Dir(rel)] = true
	}
	if job.reconfigure || job.again {
		dirs = open.dirs()
	}
	r.answerImports(memory, open, dirs)
	r.s.mu.Lock()
	r.slow.outdate(dirs)
	r.s.mu.Unlock()
	return true
}

// miss notes what the scan that is running may have read too early to see, or
// as it was in the editor and never on the disk.
func (r *root) miss(job todo) {
	if !r.scan.running {
		return
	}
	maps.Copy(r.scan.missed, job.edited)
	maps.Copy(r.scan.missed, job.touched)
}

// manyFiles is how many may change at once before the tree is read anew.
const manyFiles = 500

// update brings the memory up to date.
func (r *root) update(memory *check.Memory, job todo, open state) *check.Memory {
	contents := map[string][]byte{}
	var reread []string
	for rel := range job.edited {
		if t, ok := open.texts[rel]; ok {
			contents[rel] = []byte(t.src)
		} else if isGo(rel) {
			reread = append(reread, rel) // it was closed
		}
	}
	for rel := range job.touched {
		if _, ok := open.texts[rel]; ok {
			continue // what is open is as the editor says
		}
		reread = append(reread, rel)
		if !memory.Tree().HasDir(path.Dir(rel)) {
			r.later(func(t *todo) { t.rescan = true })
		}
	}
	if len(reread) > manyFiles {
		r.later(func(t *todo) { t.rescan = true }) // a branch was changed
		reread = nil
	}
	if memory.IsGlimpse() {
		return check.Glimpse(memory.Law().Config, r.options(open))
	}
	if len(contents) > 0 {
		memory = memory.With(contents)
	}
	if len(reread) > 0 {
		memory = memory.Reread(reread...)
	}
	return memory
}

// later adds to what is to be done next.
func (r *root) later(add func(*todo)) {
	r.s.mu.Lock()
	add(&r.todo)
	r.s.mu.Unlock()
	r.wakeUp()
}

// answerImports says what the imports of the packages in some directories
// show.
func (r *root) answerImports(memory *check.Memory, open state, dirs map[string]bool) {
	byDir := map[string][]string{}
	for rel := range open.texts {
		byDir[path.Dir(rel)] = append(byDir[path.Dir(rel)], rel)
	}
	for _, dir := range slices.Sorted(maps.Keys(dirs)) {
		found := map[string][]note{}
		if memory != nil {
			for _, f := range memory.Package(dir) {
				if t := open.texts[f.File]; t != nil {
					found[f.File] = append(found[f.File], notes(t, []report.Finding{f})...)
				}
			}
		}
		for _, rel := range byDir[dir] {
			r.show(open.pages[rel], open.texts[rel], fromImports, append(found[rel], r.broken(open.texts[rel])...))
		}
	}
}

// show puts an answer about a text on its page, if that still has this text,
// and publishes it.
func (r *root) show(pg *page, about *text, l layer, list []note) {
	r.s.mu.Lock()
	current := pg.text == about && pg.root == r && r.s.pages[pg.file] == pg
	if current {
		pg.layers[l] = list
		if l == fromImports {
			pg.stale = false
		}
	}
	r.s.mu.Unlock()
	if current {
		r.s.publish(pg)
	}
}

// within reports whether a file or directory is, or lies in, a directory.
func within(dir, file string) bool {
	rel, err := filepath.Rel(dir, file)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}
