// Package contracts is what accounts tells the rest of the shop.
package contracts

import (
	"errors"
	"time"

	"example.com/shop/core/id"
)

// Errors of the facade.
var (
	ErrNotFound    = errors.New("no such account")
	ErrEmailTaken  = errors.New("this email has an account already")
	ErrCredentials = errors.New("wrong email or password")
)

// Role is what an account may do.
type Role string

// The roles.
const (
	Customer Role = "customer"
	Clerk    Role = "clerk"
	Admin    Role = "admin"
)

// CanRefund reports whether the role may give money back.
func (r Role) CanRefund() bool { return r == Clerk || r == Admin }

// Account is somebody who can sign in.
type Account struct {
	ID    id.AccountID `json:"id"`
	Email string       `json:"email"`
	Name  string       `json:"name"`
	Role  Role         `json:"role"`
	Since time.Time    `json:"since"`
}

// Registration asks for a new account.
type Registration struct {
	Email    string `json:"email"`
	Name     string `json:"name"`
	Password string `json:"password"`
}
