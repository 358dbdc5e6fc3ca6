package report

import (
	"encoding/json"
	"io"
)

// Schema is the version of the JSON format.
const Schema = 1

// WriteJSON writes findings, in the order given, and the summary as one
// object.
func WriteJSON(w io.Writer, findings []Finding, summary Summary) error {
	if findings == nil {
		findings = []Finding{}
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(struct {
		Schema      int       `json:"schema"`
		Diagnostics []Finding `json:"diagnostics"`
		Summary     Summary   `json:"summary"`
	}{Schema, findings, summary})
}
