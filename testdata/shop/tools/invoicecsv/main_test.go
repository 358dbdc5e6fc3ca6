package main

import "testing"

func TestTableHasHeader(t *testing.T) {
	if rows := table(nil); len(rows) != 1 || rows[0][0] != "invoice" {
		t.Errorf("table = %v", rows)
	}
}
