package logic

import (
	"log" // planted: unconfined-import — products log with log/slog

	"example.com/shop/platform/vault" // planted: forbidden-dependency — vault is visible to accounts and cmd
)

// unsubscribeKey signs the links below our mails.
func unsubscribeKey(v *vault.Vault) string {
	key, err := v.Secret("unsubscribe")
	if err != nil {
		log.Print(err)
	}
	return key
}

var _ = unsubscribeKey
