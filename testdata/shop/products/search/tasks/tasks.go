// Package tasks is what search does in the background.
package tasks

import (
	"time"

	"example.com/shop/platform/queue"
	"example.com/shop/products/search/facade"
)

// Jobs returns the jobs of the product.
func Jobs(f *facade.Facade) []queue.Job {
	return []queue.Job{{Name: "search-reindex", Every: 24 * time.Hour, Run: f.Reindex}}
}
