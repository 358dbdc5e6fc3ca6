package queue

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"
)

func TestOnceNamesTheJob(t *testing.T) {
	boom := errors.New("boom")
	var r Runner
	r.Add(Job{Name: "sweep", Run: func(context.Context) error { return boom }})
	err := r.Once(context.Background())
	if !errors.Is(err, boom) || !strings.Contains(err.Error(), "sweep") {
		t.Errorf("Once = %v", err)
	}
}

func TestLoopEnds(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	var r Runner
	r.Add(Job{Name: "once", Every: time.Millisecond, Run: func(context.Context) error {
		cancel()
		return nil
	}})
	r.Loop(ctx)
	if ctx.Err() == nil {
		t.Error("the loop ended before its context")
	}
}
