package logic

//boundaries:ignore private-import,undeclared-dependency the birthday letter moves to campaigns with the rest, SHOP-412
import (
	"strconv"
	"time"

	"example.com/shop/products/accounts/models/ent"
)

// birthdayCode is the code for those who have been with us for years.
func birthdayCode(a *ent.Account, now time.Time) string {
	return "THANKS-" + strconv.Itoa(now.Year()-a.CreatedAt.Year())
}

var _ = birthdayCode
