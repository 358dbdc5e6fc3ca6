package graph

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"io"
	"text/template"
)

var (
	//go:embed page.html
	pageHTML string
	//go:embed page.css
	pageCSS string
	//go:embed page.js
	pageJS string

	page = template.Must(template.New("page").Parse(pageHTML))
)

// A view is a graph as the page shows it: laid out beforehand, since a browser
// is no place to untangle hundreds of modules.
type view struct {
	*Graph
	Layout *Layout `json:"layout"`
}

// WriteHTML writes a page of its own that shows a graph and lets one look
// around in it. It asks nothing of the network. focus is the path of the
// module it opens with, or "".
func (g *Graph) WriteHTML(w io.Writer, focus string) error {
	owners := g.Owners()
	data, err := json.Marshal(map[string]any{
		"modules": view{g, g.Lay()},
		"owners":  view{owners, owners.Lay()},
		"focus":   focus,
	})
	if err != nil {
		return err
	}
	var picture bytes.Buffer
	if err := g.WriteSVG(&picture); err != nil {
		return err
	}
	return page.Execute(w, map[string]string{
		"Title": g.title(), "CSS": pictureCSS + pageCSS, "JS": pageJS,
		"Data": string(data), "Picture": picture.String(), // JSON and SVG are escaped for HTML already
	})
}
