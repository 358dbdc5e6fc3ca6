// Package mail sends mail, or keeps it in memory for tests.
package mail

import (
	"context"
	"sync"

	"example.com/smtpx"
)

// Mail is a plain text mail.
type Mail struct {
	To      string
	Subject string
	Body    string
}

// Sender delivers mail.
type Sender interface {
	Send(context.Context, Mail) error
}

// SMTP sends mail through a server.
type SMTP struct {
	Addr string
	From string
}

// Send implements Sender.
func (s SMTP) Send(_ context.Context, m Mail) error {
	return smtpx.Send(s.Addr, smtpx.Message{From: s.From, To: m.To, Subject: m.Subject, Body: m.Body})
}

// Outbox keeps what is sent.
type Outbox struct {
	mu   sync.Mutex
	sent []Mail
}

// Send implements Sender.
func (o *Outbox) Send(_ context.Context, m Mail) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.sent = append(o.sent, m)
	return nil
}

// Sent returns what was sent so far.
func (o *Outbox) Sent() []Mail {
	o.mu.Lock()
	defer o.mu.Unlock()
	return append([]Mail(nil), o.sent...)
}
