package facade

import (
	"example.com/shop/core/id"
	"example.com/shop/core/list"
	"example.com/shop/core/money"
	"example.com/shop/products/orders/facade/contracts"
	"example.com/shop/products/orders/models"
)

func toOrder(o *models.Order) contracts.Order {
	// What is in the table was checked on its way in.
	currency, _ := money.ParseCurrency(o.Currency)
	return contracts.Order{
		ID:       id.OrderID(o.ID),
		Account:  id.AccountID(o.AccountID),
		Lines:    list.Map(o.Lines, func(l *models.Line) contracts.Line { return toLine(l, currency) }),
		Total:    money.New(o.TotalMinor, currency),
		Status:   contracts.Status(o.Status),
		PlacedAt: o.PlacedAt,
	}
}

func toLine(l *models.Line, c money.Currency) contracts.Line {
	return contracts.Line{
		Product:  id.ProductID(l.ProductID),
		Name:     l.Name,
		Quantity: l.Quantity,
		Price:    money.New(l.PriceMinor, c),
	}
}
