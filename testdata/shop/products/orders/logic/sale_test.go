package logic

import (
	"testing"

	catalog "example.com/shop/products/catalog/facade/contracts"
	"example.com/shop/products/catalog/facade/facadetest"
)

func TestMarkDown(t *testing.T) {
	p := facadetest.Mug()
	sale, err := markedDown(p, 50)
	if err != nil || sale.Price.Minor() != 450 || p.Price.Minor() != 900 {
		t.Errorf("a copy: %v from %v, %v", sale.Price, p.Price, err)
	}
	want := sale
	want.Stock--
	if err := markDown(&p, 50); err != nil || p != want {
		t.Errorf("in place: %+v, %v", p, err)
	}
}

func TestBuilding(t *testing.T) {
	p, err := read([]byte(`{"sku":"MUG-1","stock":2}`))
	if err != nil || p.Stock != 2 {
		t.Fatalf("read = %+v, %v", p, err)
	}
	if b := bundle(*p, *p); b.SKU != "MUG-1MUG-1" || b.Stock != 2 {
		t.Errorf("bundle = %+v", b)
	}
	*counter(p) = 7
	if err := refresh(p, []byte(`{"name":"Mug"}`)); err != nil || p.Stock != 7 || p.Name != "Mug" {
		t.Errorf("refresh: %+v, %v", p, err)
	}
	all := []catalog.Product{*p}
	sellOut(all)
	rename(p, "a name that is far too long for a label", "bb")
	if all[0].Stock != 0 || p.Name != "bb" {
		t.Errorf("%+v, %+v", all, p)
	}
	if reset(p); *p != (catalog.Product{}) {
		t.Errorf("reset: %+v", p)
	}
}
