// Command invoicecsv prints invoices for the tax office. The tools are a Go
// module of their own, so that what they need stays out of the shop.
package main

import (
	"encoding/csv"
	"fmt"
	"os"
	"strconv"

	"example.com/shop/products/billing/models/billingdb" // planted: private-import — another Go module, the same rules
)

func main() {
	w := csv.NewWriter(os.Stdout)
	if err := w.WriteAll(table(nil)); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// table returns the invoices as rows of a spreadsheet.
func table(invoices []billingdb.Invoice) [][]string {
	rows := [][]string{{"invoice", "amount", "currency"}}
	for _, i := range invoices {
		rows = append(rows, []string{i.ID, strconv.FormatInt(i.AmountMinor, 10), i.Currency})
	}
	return rows
}
