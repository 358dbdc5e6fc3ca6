package presentation

import (
	"example.com/shop/products/search/internal/logic" // planted: role-violation — presentation calls the facade, below internal as well
)

// explainable is what an index must be able to do for the debug page.
type explainable interface {
	Explain(q string) string
}

var _ explainable = (*logic.Index)(nil)
