// Package session issues the tokens that browsers keep.
package session

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"example.com/shop/core/clock"
	"example.com/shop/core/id"
)

// Life is how long a token is good.
const Life = 30 * 24 * time.Hour

// ErrInvalid says that a token is forged, broken or too old.
var ErrInvalid = errors.New("session: invalid token")

// Token proves who somebody is.
type Token string

// Issuer issues and verifies tokens.
type Issuer struct {
	clock clock.Clock
	key   []byte
}

// NewIssuer returns an issuer with a secret.
func NewIssuer(clk clock.Clock, secret string) *Issuer {
	key := sha256.Sum256([]byte("session:" + secret))
	return &Issuer{clk, key[:]}
}

// Issue returns a token for an account.
func (i *Issuer) Issue(account id.AccountID) Token {
	claim := fmt.Sprintf("%s.%d", account, i.clock.Now().Add(Life).Unix())
	return Token(claim + "." + i.sign(claim))
}

// Verify returns the account that a token was issued for.
func (i *Issuer) Verify(t Token) (id.AccountID, error) {
	cut := strings.LastIndexByte(string(t), '.')
	if cut < 0 {
		return "", ErrInvalid
	}
	claim, signature := string(t[:cut]), string(t[cut+1:])
	if !hmac.Equal([]byte(signature), []byte(i.sign(claim))) {
		return "", ErrInvalid
	}
	account, end, _ := strings.Cut(claim, ".")
	unix, err := strconv.ParseInt(end, 10, 64)
	if err != nil || i.clock.Now().Unix() > unix {
		return "", ErrInvalid
	}
	return id.AccountID(account), nil
}

func (i *Issuer) sign(claim string) string {
	mac := hmac.New(sha256.New, i.key)
	mac.Write([]byte(claim))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}
