// Package smtpx writes and sends mail. It is a Go module of its own because
// the warehouse, which is not in this repository, uses it too.
package smtpx

import (
	"bytes"
	"fmt"
	"mime"
	"net/smtp"
	"strings"
)

// Message is a plain text mail.
type Message struct {
	From    string
	To      string
	Subject string
	Body    string
}

// Encode returns the message in the format of RFC 5322.
func Encode(m Message) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "From: %s\r\n", header(m.From))
	fmt.Fprintf(&b, "To: %s\r\n", header(m.To))
	fmt.Fprintf(&b, "Subject: %s\r\n", mime.QEncoding.Encode("utf-8", header(m.Subject)))
	b.WriteString("MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n")
	b.WriteString(strings.ReplaceAll(m.Body, "\n", "\r\n"))
	return b.Bytes()
}

// Send hands the message to the server at addr.
func Send(addr string, m Message) error {
	return smtp.SendMail(addr, nil, m.From, []string{m.To}, Encode(m))
}

// header drops line breaks, which would start a header of their own.
func header(s string) string {
	return strings.NewReplacer("\r", "", "\n", "").Replace(s)
}
