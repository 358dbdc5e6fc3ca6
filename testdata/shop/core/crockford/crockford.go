// Package crockford spells random numbers in Crockford's base 32. It is a
// detail of core: ids are what the rest of the shop sees.
package crockford

import (
	"crypto/rand"
	"encoding/base32"
	"strings"
)

// Alphabet leaves out the letters that people misread.
const Alphabet = "0123456789abcdefghjkmnpqrstvwxyz"

// size is the number of random bytes in an id: 80 bits, 16 characters.
const size = 10

var encoding = base32.NewEncoding(Alphabet).WithPadding(base32.NoPadding)

// Random returns 80 random bits as text.
func Random() string {
	var raw [size]byte
	rand.Read(raw[:])
	return encoding.EncodeToString(raw[:])
}

// Valid reports whether s consists of letters of the alphabet.
func Valid(s string) bool {
	if s == "" {
		return false
	}
	return strings.Trim(s, Alphabet) == ""
}
