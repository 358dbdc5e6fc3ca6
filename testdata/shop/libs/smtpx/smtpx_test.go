package smtpx

import (
	"strings"
	"testing"
)

func TestEncodeKeepsHeadersApart(t *testing.T) {
	got := string(Encode(Message{
		From:    "shop@example.com",
		To:      "ann@example.com\r\nBcc: all@example.com",
		Subject: "Grüße",
		Body:    "one\ntwo",
	}))
	if strings.Contains(got, "\r\nBcc:") {
		t.Errorf("a header was smuggled in:\n%s", got)
	}
	if !strings.Contains(got, "Subject: =?utf-8?q?") || !strings.HasSuffix(got, "one\r\ntwo") {
		t.Errorf("Encode:\n%s", got)
	}
}
