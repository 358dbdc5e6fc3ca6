package bus

import (
	"context"
	"errors"
	"testing"
)

type ping struct{}

func (ping) Topic() string { return "ping" }

func TestPublish(t *testing.T) {
	b, calls, boom := New(), 0, errors.New("boom")
	b.Subscribe("ping", func(context.Context, Event) error { calls++; return boom })
	b.Subscribe("ping", func(context.Context, Event) error { calls++; return nil })
	b.Subscribe("pong", func(context.Context, Event) error { t.Error("wrong topic"); return nil })
	if err := b.Publish(context.Background(), ping{}); !errors.Is(err, boom) || calls != 2 {
		t.Errorf("Publish = %v after %d calls", err, calls)
	}
}
