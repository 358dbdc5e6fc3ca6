package config

import (
	"strings"
	"testing"
)

func TestLoad(t *testing.T) {
	env := map[string]string{"SHOP_DATABASE_URL": "postgres://db/shop", "SHOP_VAULT": "/run/secrets"}
	c, err := Load(func(k string) string { return env[k] })
	if err != nil || c.Addr != ":8080" || c.DatabaseURL != "postgres://db/shop" {
		t.Errorf("Load = %+v, %v", c, err)
	}

	_, err = Load(func(string) string { return "" })
	if err == nil || strings.Count(err.Error(), "is not set") != 2 {
		t.Errorf("empty environment: %v", err)
	}
}
