package facade

import (
	"testing"

	"example.com/shop/products/search/internal/models"
)

func TestToResult(t *testing.T) {
	got := toResult([]models.Document{
		{ProductID: "prd_1", Title: "Mug", Category: "Kitchen"},
		{ProductID: "prd_2", Title: "Pan", Category: "Kitchen"},
		{ProductID: "prd_3", Title: "Saw", Category: "Tools"},
	})
	if got.Total != 3 || got.Facets["Kitchen"] != 2 || got.Hits[2].Product != "prd_3" {
		t.Errorf("toResult = %+v", got)
	}
}
