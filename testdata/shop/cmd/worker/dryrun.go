package main

import (
	"context"

	catalog "example.com/shop/products/catalog/facade/contracts"
	"example.com/shop/products/catalog/facade/facadetest" // planted: private-import — facadetest is for _test.go files
)

// stocked returns what a dry run sells.
func stocked(ctx context.Context) (catalog.Product, error) {
	return facadetest.New(facadetest.Mug()).Get(ctx, "prd_mug")
}
