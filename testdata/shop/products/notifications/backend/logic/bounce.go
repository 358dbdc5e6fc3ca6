package logic

import (
	"example.com/smtpx" // planted: layer-violation — past platform, which is closed; platform/mail is the way

	accounts "example.com/shop/products/accounts/facade/contracts"
)

// bounced is the mail that tells the desk of an address that is no more.
func bounced(a accounts.Account) []byte {
	return smtpx.Encode(smtpx.Message{To: "desk@example.com", Subject: "bounced: " + a.Email})
}

var _ = bounced
