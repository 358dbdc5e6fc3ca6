package imports

import (
	"context"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
)

// A harvest is what a worker brings home, or all of them together.
type harvest struct {
	packages     []*Package
	dirs         []string
	modDirs      []string // which hold a go.mod
	nestedRoots  []string
	productFiles []string
	problems     []Problem
}

// A walker leads workers through a tree. What is to be done is a stack of
// directories: the last one found is the next one taken, which keeps the
// stack about as small as the path to the directory at hand is long.
type walker struct {
	ctx   context.Context
	root  string
	opt   Options
	files bool                // look at Go files; otherwise at directories only
	added map[string][]string // by directory, the names of files in the overlay

	mu    sync.Mutex
	ready *sync.Cond // the stack has grown, or the last worker is done
	stack []string
	busy  int // workers that have taken a directory, and may bring more

	shared interned
}

// walk visits all directories below root. The order of what it returns is
// that of chance.
func walk(ctx context.Context, root string, opt Options, files bool) harvest {
	w := &walker{ctx: ctx, root: root, opt: opt, files: files, stack: []string{"."}}
	w.ready = sync.NewCond(&w.mu)
	w.added = map[string][]string{}
	for _, file := range slices.Sorted(maps.Keys(opt.Overlay)) {
		dir := path.Dir(file)
		w.added[dir] = append(w.added[dir], path.Base(file))
	}
	workers := make([]*worker, runtime.GOMAXPROCS(0))
	var all sync.WaitGroup
	for i := range workers {
		workers[i] = newWorker(w)
		all.Go(workers[i].run)
	}
	all.Wait()
	var sum harvest
	for _, w := range workers {
		sum.packages = append(sum.packages, w.packages...)
		sum.dirs = append(sum.dirs, w.dirs...)
		sum.modDirs = append(sum.modDirs, w.modDirs...)
		sum.nestedRoots = append(sum.nestedRoots, w.nestedRoots...)
		sum.productFiles = append(sum.productFiles, w.productFiles...)
		sum.problems = append(sum.problems, w.problems...)
	}
	return sum
}

// take returns a directory to visit, after which finish is to be called. It
// waits while there is none but another worker may still find some.
func (w *walker) take() (dir string, ok bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for len(w.stack) == 0 && w.busy > 0 {
		w.ready.Wait()
	}
	if len(w.stack) == 0 || w.ctx.Err() != nil {
		return "", false
	}
	last := len(w.stack) - 1
	dir, w.stack = w.stack[last], w.stack[:last]
	w.busy++
	return dir, true
}

func (w *walker) add(dirs []string) {
	w.mu.Lock()
	w.stack = append(w.stack, dirs...)
	w.mu.Unlock()
	w.ready.Broadcast()
}

func (w *walker) finish() {
	w.mu.Lock()
	w.busy--
	w.mu.Unlock()
	w.ready.Broadcast()
}

// A worker visits one directory after the other.
type worker struct {
	*walker
	harvest
	reader reader
}

func newWorker(w *walker) *worker {
	own := map[string]string{}
	intern := func(b []byte) string {
		if s, ok := own[string(b)]; ok {
			return s
		}
		s := w.shared.of(b)
		own[s] = s
		return s
	}
	return &worker{walker: w, reader: reader{head: head{intern: intern}}}
}

func (w *worker) run() {
	for {
		dir, ok := w.take()
		if !ok {
			return
		}
		w.visit(dir)
		w.finish()
	}
}

// visit notes what is in a directory and reads its Go files. In one that is to
// be skipped an outline looks for nested roots, which may have a law for what
// the outer one leaves out.
func (w *worker) visit(dir string) {
	skipped := w.skips(dir)
	entries, err := w.entries(dir)
	if err != nil && !skipped {
		w.problem(dir, err)
	}
	if dir != "." && holds(entries, "boundaries.toml") {
		w.nestedRoots = append(w.nestedRoots, dir)
		return
	}
	if skipped {
		w.add(w.subdirs(dir, entries))
		return
	}
	w.dirs = append(w.dirs, dir)
	var files []string
	for _, e := range entries {
		name := e.Name()
		switch {
		case e.IsDir():
		case name == "go.mod":
			w.modDirs = append(w.modDirs, dir)
		case name == "product.toml":
			w.productFiles = append(w.productFiles, join(dir, name))
		case w.files && goFile(name) && w.source(dir, e):
			files = append(files, name)
		}
	}
	w.add(w.subdirs(dir, entries))
	w.readPackage(dir, files)
}

// skips says whether a directory is to be skipped, or lies in one that is. A
// scan never comes so far.
func (w *worker) skips(dir string) bool {
	if w.files || w.opt.Skip == nil {
		return false
	}
	for ; dir != "."; dir = path.Dir(dir) {
		if w.opt.Skip(dir) {
			return true
		}
	}
	return false
}

// subdirs returns the directories in dir that are to be visited.
func (w *worker) subdirs(dir string, entries []fs.DirEntry) []string {
	var subdirs []string
	for _, e := range entries {
		if !e.IsDir() || ignored(e.Name()) {
			continue
		}
		if sub := join(dir, e.Name()); !w.files || w.opt.Skip == nil || !w.opt.Skip(sub) {
			subdirs = append(subdirs, sub)
		}
	}
	return subdirs
}

// entries returns what is in a directory. With an error it is incomplete.
func (w *worker) entries(dir string) ([]fs.DirEntry, error) {
	d, err := os.Open(filepath.Join(w.root, dir))
	if err != nil {
		return nil, err
	}
	defer d.Close()
	return d.ReadDir(-1)
}

// source says whether the entry of a directory is a file that can be read. A
// symbolic link to one is; one to a directory is not followed, as the go
// command follows none; and a pipe would never end.
func (w *worker) source(dir string, e fs.DirEntry) bool {
	if e.Type().IsRegular() {
		return true
	}
	name := join(dir, e.Name())
	info, err := os.Stat(filepath.Join(w.root, name))
	switch {
	case err != nil:
		w.problem(name, err)
		return false
	case info.IsDir():
		return false
	case !info.Mode().IsRegular():
		w.problem(name, errors.New("not a regular file"))
		return false
	}
	return true
}

// readPackage reads the named Go files of a directory, and those of its files
// which only the overlay has.
func (w *worker) readPackage(dir string, files []string) {
	for _, name := range w.added[dir] {
		if w.files && goFile(name) && !slices.Contains(files, name) {
			files = append(files, name)
		}
	}
	if len(files) == 0 {
		return
	}
	slices.Sort(files)
	p := &Package{Dir: dir, Files: make([]*File, 0, len(files))}
	for _, name := range files {
		f := &File{Path: join(dir, name)}
		p.Files = append(p.Files, f)
		if src, ok := w.opt.Overlay[f.Path]; ok {
			w.problems = append(w.problems, w.reader.head.file(f, src, w.opt.Whole)...)
		} else {
			w.problems = append(w.problems, w.reader.disk(w.root+"/"+f.Path, f, w.opt.Whole)...)
		}
	}
	w.packages = append(w.packages, p)
}

func (w *worker) problem(name string, err error) {
	w.problems = append(w.problems, Problem{File: name, Message: reason(err)})
}

// ignored says whether the go command ignores directories of that name.
func ignored(name string) bool {
	return name[0] == '.' || name[0] == '_' || name == "testdata" || name == "vendor"
}

// goFile says whether the go command takes files of that name for source.
func goFile(name string) bool {
	return strings.HasSuffix(name, ".go") && name[0] != '.' && name[0] != '_'
}

// holds says whether there is a file of that name.
func holds(entries []fs.DirEntry, name string) bool {
	return slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return e.Name() == name && !e.IsDir() })
}

// interned gives out one string for each distinct text.
type interned struct {
	mu sync.Mutex
	m  map[string]string
}

func (in *interned) of(b []byte) string {
	in.mu.Lock()
	defer in.mu.Unlock()
	if s, ok := in.m[string(b)]; ok {
		return s
	}
	if in.m == nil {
		in.m = map[string]string{}
	}
	s := string(b)
	in.m[s] = s
	return s
}
