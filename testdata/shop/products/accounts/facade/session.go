package facade

import (
	"context"

	"example.com/shop/core/id"
	"example.com/shop/products/accounts/session"
)

// SignIn checks a password and returns a token. session.Token is on the
// allow_types list of boundaries.toml: it is a string that nobody looks into.
func (f *Facade) SignIn(ctx context.Context, email, password string) (session.Token, error) {
	a, err := f.accounts.Authenticate(ctx, email, password)
	if err != nil {
		return "", err
	}
	return f.sessions.Issue(id.AccountID(a.ID)), nil
}

// Who returns the account that a token was issued for.
func (f *Facade) Who(token string) (id.AccountID, error) {
	return f.sessions.Verify(session.Token(token))
}
