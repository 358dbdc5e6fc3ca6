// Package config reads the settings of a process from its environment.
package config

import (
	"errors"
	"fmt"
)

// Config is what a process of the shop needs to know.
type Config struct {
	Addr        string
	DatabaseURL string
	MailServer  string
	PostHogKey  string
	VaultPath   string
}

// Load reads the settings with the given lookup, such as os.Getenv, and
// complains about all that is missing at once.
func Load(getenv func(string) string) (Config, error) {
	var errs []error
	need := func(key string) string {
		v := getenv(key)
		if v == "" {
			errs = append(errs, fmt.Errorf("config: %s is not set", key))
		}
		return v
	}
	c := Config{
		Addr:        or(getenv("SHOP_ADDR"), ":8080"),
		DatabaseURL: need("SHOP_DATABASE_URL"),
		MailServer:  or(getenv("SHOP_MAIL_SERVER"), "localhost:25"),
		PostHogKey:  getenv("SHOP_POSTHOG_KEY"),
		VaultPath:   need("SHOP_VAULT"),
	}
	return c, errors.Join(errs...)
}

func or(v, def string) string {
	if v == "" {
		return def
	}
	return v
}
