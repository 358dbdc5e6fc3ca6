// Package importboundary defines an analyzer that holds imports to boundaries.toml.
//
// report imports across product boundaries
//
// placeholder
package importboundary
