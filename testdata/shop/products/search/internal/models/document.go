// Package models is the index of search.
package models

// Document is a product as the index knows it.
type Document struct {
	ProductID string `db:"product_id"`
	Title     string `db:"title"`
	Category  string `db:"category"`
	Clicks    int    `db:"clicks"`
}
