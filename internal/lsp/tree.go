package lsp

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"time"

	"github.com/boundaries-dev/boundaries/internal/check"
	"github.com/boundaries-dev/boundaries/internal/config"
)

// Here is how a root comes to its configuration and its tree.

// reconfigure reads the configuration and returns the tree under it. While
// the configuration is wrong the last right one stays in force: who edits it
// sees there what is wrong.
func (r *root) reconfigure(memory *check.Memory, configs, open state) *check.Memory {
	c, problems := config.Load(r.file, configs.overlay())
	r.config, r.problems, r.onDisk = c, problems, problems
	if len(configs.texts) > 0 {
		_, r.onDisk = config.Load(r.file, nil)
	}
	if !r.s.governs(r.file) {
		return memory // it is gone, and so will be the root
	}
	r.showProblems(configs)
	if len(problems) > 0 {
		return memory
	}
	if memory != nil {
		if same, ok := memory.Under(c); ok {
			if r.scan.again {
				r.rescan(open)
			}
			return same
		}
	}
	r.rescan(open)
	return check.Glimpse(c, r.options(open))
}

func (r *root) options(open state) check.Options {
	return check.Options{Config: r.file, Dir: r.dir, Overlay: open.overlay()}
}

// rescan has the tree read again, in the background: as soon as there is a
// configuration to read it under, and no other scan at work.
func (r *root) rescan(open state) {
	if r.config == nil || len(r.problems) > 0 || r.scan.running {
		r.scan.again = true
		return
	}
	r.scan.running, r.scan.again, r.scan.began = true, false, time.Now()
	c, opt := r.config, r.options(open)
	go func() {
		m, err := check.Remember(r.ctx, c, opt)
		if err != nil && r.ctx.Err() == nil {
			r.s.log(logError, err.Error())
		}
		r.scan.result <- m
	}()
}

// arrived takes in what a scan has read. What was edited meanwhile counts.
func (r *root) arrived(m *check.Memory) {
	r.scan.running, r.scan.cost = false, time.Since(r.scan.began)
	again := r.scan.again
	if m != nil && len(r.problems) == 0 {
		var ok bool
		if m, ok = m.Under(r.config); !ok {
			again = true
		}
	}
	if again {
		r.later(func(t *todo) { t.rescan = true })
	}
	if m == nil {
		return // it will be tried again when something changes
	}
	r.scan.mods = modsLookLike(m)
	r.s.mu.Lock()
	defer r.s.mu.Unlock()
	m = m.With(r.snapshot(false).overlay())
	if r.memory != nil && reflect.DeepEqual(r.memory.Tree(), m.Tree()) {
		return
	}
	r.memory = m
	r.todo.again = true
}

// patrol looks at what nobody tells us of: the configuration, the go.mod
// files and, if the editor does not watch them, the Go files.
func (r *root) patrol() {
	r.s.mu.Lock()
	configs, memory, watched := r.snapshot(true), r.memory, r.s.watched
	r.s.mu.Unlock()
	if r.config == nil {
		return
	}
	if c, _ := config.Load(r.file, configs.overlay()); c.Digest != r.config.Digest {
		r.later(func(t *todo) { t.reconfigure = true })
	}
	if memory == nil || r.scan.running {
		return
	}
	old := !watched && time.Since(r.scan.began) > max(5*time.Second, 50*r.scan.cost)
	if old || modsLookLike(memory) != r.scan.mods {
		r.later(func(t *todo) { t.rescan = true })
	}
}

// modsLookLike describes the files that say which import path lies where, so
// that a change of them is seen.
func modsLookLike(m *check.Memory) string {
	tree := m.Tree()
	var b strings.Builder
	see := func(file string) {
		if info, err := os.Stat(filepath.Join(tree.Root, filepath.FromSlash(file))); err == nil {
			fmt.Fprintln(&b, file, info.Size(), info.ModTime().UnixNano())
		}
	}
	see("go.mod")
	see("go.work")
	for _, mod := range tree.GoModules {
		see(mod.Dir + "/go.mod")
	}
	return b.String()
}
