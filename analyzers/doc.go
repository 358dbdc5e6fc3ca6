// Package analyzers is the boundaries suite.
//
// placeholder
package analyzers
