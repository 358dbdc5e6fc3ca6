// Package hosted builds programs of others with the suite inside.
package hosted

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"strings"

	"golang.org/x/mod/modfile"
	"golang.org/x/mod/module"
)

// Module is the path of our Go module.
const Module = "github.com/boundaries-dev/boundaries"

// A Source is where the suite is built from: a checkout, or a version of the
// module.
type Source struct {
	Dir     string // absolute; "" for a version
	Version string
}

func (s Source) String() string {
	if s.Dir != "" {
		return s.Dir
	}
	return Module + "@" + s.Version
}

// FindSource returns the checkout that a directory lies in or, outside of one,
// the version of the running program. An error says that there is neither.
func FindSource(dir string) (Source, error) {
	for at := dir; ; at = filepath.Dir(at) {
		if src, err := os.ReadFile(filepath.Join(at, "go.mod")); err == nil && modfile.ModulePath(src) == Module {
			return Source{Dir: at}, nil
		}
		if filepath.Dir(at) == at {
			break
		}
	}
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Path != Module || module.Check(Module, info.Main.Version) != nil || strings.Contains(info.Main.Version, "+dirty") {
		return Source{}, fmt.Errorf("this boundaries was built from a checkout of %s, and %s lies in none; run it inside of one", Module, dir)
	}
	return Source{Version: info.Main.Version}, nil
}

// A build makes a program in a Go module of its own, in a directory that goes
// away with it.
type build struct {
	dir string
	log io.Writer // what is being done, for people
}

func newBuild(log io.Writer) (*build, error) {
	dir, err := os.MkdirTemp("", "boundaries-build")
	if err != nil {
		return nil, err
	}
	return &build{dir, log}, nil
}

func (b *build) close() { os.RemoveAll(b.dir) }

func (b *build) write(name, content string) error {
	return os.WriteFile(filepath.Join(b.dir, name), []byte(content), 0o666)
}

// run runs the go command in the directory of the build and returns what it
// prints to standard output, even if it fails. Then the error has its words.
func (b *build) run(ctx context.Context, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, "go", args...)
	cmd.Dir = b.dir
	cmd.Env = append(cmd.Environ(), "GOWORK=off", "GOFLAGS=-mod=mod")
	var said bytes.Buffer
	cmd.Stderr = &said
	out, err := cmd.Output()
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
		words := cmp.Or(strings.TrimSpace(said.String()), strings.TrimSpace(string(out)), err.Error())
		return string(out), fmt.Errorf("go %s: %s", args[0], words)
	}
	return string(out), err
}

// require writes a go.mod that asks for the suite and a host, each at its
// version.
func (b *build) require(name, host, version string, suite Source) error {
	f := &modfile.File{}
	if err := f.AddModuleStmt(name); err != nil {
		return err
	}
	if err := f.AddGoStmt("1.26.0"); err != nil {
		return err
	}
	if err := f.AddRequire(host, version); err != nil {
		return err
	}
	if suite.Dir != "" {
		suite.Version = "v0.0.0"
		if err := f.AddReplace(Module, "", suite.Dir, ""); err != nil {
			return err
		}
	}
	if err := f.AddRequire(Module, suite.Version); err != nil {
		return err
	}
	f.Cleanup()
	content, err := f.Format()
	if err != nil {
		return err
	}
	return b.write("go.mod", string(content))
}

// install moves what was built to its place, at once or not at all.
func install(built, output string) error {
	if err := os.MkdirAll(filepath.Dir(output), 0o777); err != nil {
		return err
	}
	if err := os.Rename(built, output); err == nil {
		return nil
	}
	src, err := os.Open(built) // on another file system
	if err != nil {
		return err
	}
	defer src.Close()
	dst, err := os.CreateTemp(filepath.Dir(output), ".boundaries-*")
	if err != nil {
		return err
	}
	defer os.Remove(dst.Name())
	_, err = io.Copy(dst, src)
	if err := errors.Join(err, dst.Chmod(0o755), dst.Close()); err != nil {
		return err
	}
	return os.Rename(dst.Name(), output)
}
