// Package posthog is the only place that knows how product events are sent.
// Everybody else sees Recorder.
package posthog

import (
	sdk "github.com/posthog/posthog-go"

	"example.com/shop/core/id"
)

// Recorder records what people do in the shop.
type Recorder interface {
	Record(who id.AccountID, event string, detail ...Detail)
}

// Detail is one property of an event.
type Detail struct {
	Key   string
	Value string
}

// Nobody records nothing.
type Nobody struct{}

// Record implements Recorder.
func (Nobody) Record(id.AccountID, string, ...Detail) {}

// Client records with PostHog.
type Client struct {
	sdk sdk.Client
}

// New returns a client for the project with the given key.
func New(key string) *Client {
	return &Client{sdk.New(key)}
}

// Record implements Recorder. It never fails: an event is not worth an order.
func (c *Client) Record(who id.AccountID, event string, detail ...Detail) {
	_ = c.sdk.Enqueue(capture(who, event, detail))
}

// Close sends what is still queued.
func (c *Client) Close() error { return c.sdk.Close() }

func capture(who id.AccountID, event string, detail []Detail) sdk.Capture {
	props := sdk.NewProperties()
	for _, d := range detail {
		props.Set(d.Key, d.Value)
	}
	return sdk.Capture{DistinctId: string(who), Event: event, Properties: props}
}
