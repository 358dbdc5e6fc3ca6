package models

// Status is where a product stands in its life.
type Status string

// The statuses.
const (
	Drafted Status = "draft"
	OnSale  Status = "on_sale"
	Retired Status = "retired"
)
