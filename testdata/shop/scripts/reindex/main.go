// Command reindex asks a running shop to read the catalog again.
package main // planted: unowned-package — nobody put scripts into boundaries.toml

import (
	"fmt"
	"net/http"
	"os"
)

func main() {
	resp, err := http.Post(os.Getenv("SHOP_URL")+"/search/reindex", "text/plain", nil)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	defer resp.Body.Close()
	fmt.Println(resp.Status)
}
