package facade

import (
	"example.com/shop/core/id"
	"example.com/shop/products/search/facade/contracts"
	"example.com/shop/products/search/internal/models"
)

func toResult(rows []models.Document) contracts.Result {
	hits := make([]contracts.Hit, 0, len(rows))
	facets := map[string]int{}
	for _, d := range rows {
		hits = append(hits, contracts.Hit{Product: id.ProductID(d.ProductID), Title: d.Title})
		facets[d.Category]++
	}
	return contracts.Result{Hits: hits, Facets: facets, Total: len(rows)}
}

func toTrends(rows []models.Document) []contracts.Trend {
	out := make([]contracts.Trend, 0, len(rows))
	for _, d := range rows {
		out = append(out, contracts.Trend{Product: id.ProductID(d.ProductID), Clicks: d.Clicks})
	}
	return out
}
