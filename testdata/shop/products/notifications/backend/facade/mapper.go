package facade

import (
	"example.com/shop/core/id"
	"example.com/shop/products/notifications/backend/facade/contracts"
	"example.com/shop/products/notifications/backend/models"
)

func toNotice(n models.Notice) contracts.Notice {
	return contracts.Notice{
		Account: id.AccountID(n.AccountID),
		Kind:    contracts.Kind(n.Kind),
		Subject: n.Subject,
		SentAt:  n.SentAt,
	}
}
