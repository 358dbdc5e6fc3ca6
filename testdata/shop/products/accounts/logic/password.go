package logic

import (
	"crypto/pbkdf2"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"strings"
)

const (
	rounds  = 210_000
	keySize = 32
)

// hashPassword returns "salt$key" in hexadecimal.
func hashPassword(password, pepper string) (string, error) {
	var salt [16]byte
	rand.Read(salt[:])
	key, err := derive(password, pepper, salt[:])
	if err != nil {
		return "", err
	}
	return hex.EncodeToString(salt[:]) + "$" + hex.EncodeToString(key), nil
}

// checkPassword reports whether hash was made from password.
func checkPassword(hash, password, pepper string) bool {
	left, right, _ := strings.Cut(hash, "$")
	salt, err1 := hex.DecodeString(left)
	want, err2 := hex.DecodeString(right)
	got, err3 := derive(password, pepper, salt)
	if err1 != nil || err2 != nil || err3 != nil {
		return false
	}
	return subtle.ConstantTimeCompare(got, want) == 1
}

func derive(password, pepper string, salt []byte) ([]byte, error) {
	return pbkdf2.Key(sha256.New, password+pepper, salt, rounds, keySize)
}
