//go:build !windows

package logic

// SpoolDir is where invoices wait for the printer.
func SpoolDir() string { return "/var/spool/shop" }
