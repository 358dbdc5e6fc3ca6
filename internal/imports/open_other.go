//go:build !unix

package imports

import "os"

func open(name string) (*os.File, error) { return os.Open(name) }
