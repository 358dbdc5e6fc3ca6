// Package bus tells products what happened in other products, in process.
package bus

import (
	"context"
	"errors"
	"sync"
)

// Event is something that happened.
type Event interface {
	Topic() string
}

// Handler reacts to an event.
type Handler func(context.Context, Event) error

// Bus connects publishers and subscribers.
type Bus struct {
	mu       sync.RWMutex
	handlers map[string][]Handler
}

// New returns a bus without subscribers.
func New() *Bus {
	return &Bus{handlers: map[string][]Handler{}}
}

// Subscribe calls h for every event on the topic.
func (b *Bus) Subscribe(topic string, h Handler) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.handlers[topic] = append(b.handlers[topic], h)
}

// Publish calls all handlers of the event's topic, one after the other.
func (b *Bus) Publish(ctx context.Context, e Event) error {
	b.mu.RLock()
	handlers := b.handlers[e.Topic()]
	b.mu.RUnlock()
	var errs []error
	for _, h := range handlers {
		errs = append(errs, h(ctx, e))
	}
	return errors.Join(errs...)
}
