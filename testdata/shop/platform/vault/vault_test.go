package vault

import (
	"testing"
	"testing/fstest"
)

func TestSecret(t *testing.T) {
	v := New(fstest.MapFS{"pepper": {Data: []byte("s3cret\n")}})
	if s, err := v.Secret("pepper"); err != nil || s != "s3cret" {
		t.Errorf("Secret = %q, %v", s, err)
	}
	if _, err := v.Secret("salt"); err == nil {
		t.Error("a secret that is not there was found")
	}
}
