package facade

import (
	"example.com/shop/core/id"
	"example.com/shop/products/accounts/facade/contracts"
	"example.com/shop/products/accounts/models/ent"
)

func toAccount(a *ent.Account) contracts.Account {
	return contracts.Account{
		ID:    id.AccountID(a.ID),
		Email: a.Email,
		Name:  a.Name,
		Role:  contracts.Role(a.Role),
		Since: a.CreatedAt,
	}
}
