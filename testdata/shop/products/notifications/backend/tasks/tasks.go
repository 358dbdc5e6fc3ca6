// Package tasks is what notifications does in the background.
package tasks

import (
	"time"

	// planted-next: unused-ignore — the import below is as it should be
	//boundaries:ignore role-violation tasks used to reach for logic here
	"example.com/shop/platform/queue"
	"example.com/shop/products/notifications/backend/facade"
)

// Jobs returns the jobs of the product.
func Jobs(f *facade.Facade) []queue.Job {
	return []queue.Job{{Name: "notifications-forget", Every: 24 * time.Hour, Run: f.Forget}}
}
