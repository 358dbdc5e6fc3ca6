// Package models is the tables of notifications.
package models

import "time"

// Notice is a row of notices.
type Notice struct {
	AccountID string    `db:"account_id"`
	Kind      string    `db:"kind"`
	Subject   string    `db:"subject"`
	SentAt    time.Time `db:"sent_at"`
}
