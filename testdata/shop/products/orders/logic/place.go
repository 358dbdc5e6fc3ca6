package logic

import (
	"context"
	"fmt"

	"example.com/shop/core/id"
	"example.com/shop/core/money"
	billing "example.com/shop/products/billing/facade/contracts"
	"example.com/shop/products/orders/facade/contracts"
	"example.com/shop/products/orders/models"
)

// Place reserves what is in the cart and demands the money for it.
func (o *Orders) Place(ctx context.Context, c contracts.Cart) (*models.Order, error) {
	if c.Items.Len() == 0 {
		return nil, contracts.ErrEmpty
	}
	row := &models.Order{
		ID:        string(id.NewOrder()),
		AccountID: string(c.Account),
		Status:    string(contracts.Placed),
		PlacedAt:  o.clock.Now(),
	}
	total, err := o.reserve(ctx, row, c)
	if err != nil {
		return nil, err
	}
	if code, ok := c.Coupon.Get(); ok {
		if total, err = o.partners.Rebates.Apply(ctx, code, total); err != nil {
			return nil, err
		}
	}
	row.TotalMinor, row.Currency = total.Minor(), total.Currency().String()

	invoice, err := o.partners.Invoices.Issue(ctx, billing.Demand{
		Order: id.OrderID(row.ID), Account: c.Account, Amount: total,
	})
	if err != nil {
		return nil, err
	}
	row.InvoiceID = string(invoice.ID)
	return row, o.insert(ctx, row)
}

// reserve fills the lines of the order and returns their sum.
func (o *Orders) reserve(ctx context.Context, row *models.Order, c contracts.Cart) (money.Money, error) {
	var total money.Money
	for item := range c.Items.All() {
		product, err := o.partners.Stock.Get(ctx, item.Product)
		if err != nil {
			return total, err
		}
		if err := o.partners.Stock.Reserve(ctx, item.Product, item.Quantity); err != nil {
			return total, fmt.Errorf("%s: %w", product.Name, err)
		}
		if total, err = total.Add(product.Price.Times(item.Quantity)); err != nil {
			return total, err
		}
		row.Lines = append(row.Lines, &models.Line{
			OrderID:    row.ID,
			ProductID:  string(item.Product),
			Name:       product.Name,
			Quantity:   item.Quantity,
			PriceMinor: product.Price.Minor(),
		})
	}
	return total, nil
}

func (o *Orders) insert(ctx context.Context, row *models.Order) error {
	if _, err := o.db.NewInsert().Model(row).Exec(ctx); err != nil {
		return err
	}
	_, err := o.db.NewInsert().Model(&row.Lines).Exec(ctx)
	return err
}
