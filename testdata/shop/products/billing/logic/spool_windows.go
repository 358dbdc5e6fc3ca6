package logic

import (
	"os"
	"path/filepath"

	"example.com/shop/products/accounts/models/ent" // planted: private-import — seen on every machine, not on Windows alone
)

// SpoolDir is where invoices wait for the printer.
func SpoolDir() string {
	return filepath.Join(os.Getenv("ProgramData"), "shop", "spool")
}

// spoolName is the file of an account's next invoice.
func spoolName(a *ent.Account) string {
	return a.Name + ".pdf"
}

var _ = spoolName
