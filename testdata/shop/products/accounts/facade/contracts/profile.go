package contracts

import "example.com/shop/core/id"

// Profile is all that an account may say of itself.
type Profile struct { // planted: oversized-contract — 18 fields, and 16 are allowed
	Account    id.AccountID
	Salutation string
	First      string
	Middle     string
	Last       string
	Suffix     string
	Phone      string
	Mobile     string
	Company    string
	Department string
	Line1      string
	Line2      string
	City       string
	PostalCode string
	Region     string
	Country    string
	Language   string
	Newsletter bool
}

// Avatar is a picture in one piece.
type Avatar struct { // planted: oversized-contract — 4 KiB are copied with every assignment
	Account id.AccountID
	Pixels  [64 * 64]byte
}
