package httpx

import (
	"net/http"
	"strconv"

	"example.com/shop/core/page"
)

// Page reads ?limit= and ?offset=.
func Page(r *http.Request) page.Request {
	number := func(key string) int {
		n, err := strconv.Atoi(r.URL.Query().Get(key))
		if err != nil {
			return 0
		}
		return n
	}
	return page.Request{Limit: number("limit"), Offset: number("offset")}.Clamp()
}
