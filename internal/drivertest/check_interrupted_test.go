package drivertest

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"
	"time"
)

// Whoever stops a check is told that it was stopped, and nothing else.
func TestCheckInterrupted(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("no interrupt can be sent")
	}
	tr := plant(t, between)
	// A go command that takes its time, and says when it has begun.
	bin := t.TempDir()
	begun := filepath.Join(bin, "begun")
	if err := os.WriteFile(filepath.Join(bin, "go"), []byte("#!/bin/sh\necho > '"+begun+"'\nexec sleep 60\n"), 0o777); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(boundaries, "check")
	cmd.Dir = tr.dir
	cmd.Env = append(os.Environ(), "PATH="+bin+string(os.PathListSeparator)+os.Getenv("PATH"))
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	for range 1000 {
		if _, err := os.Stat(begun); err == nil {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	if code := cmd.ProcessState.ExitCode(); code != 2 || stdout.Len() > 0 || stderr.String() != "boundaries: interrupted\n" {
		t.Errorf("exit code %d, stdout %q, stderr %q", code, &stdout, &stderr)
	}
}
