// Package adopt answers one question: what would the law of a repository be
// if today's imports had written it? It looks for the modules and products
// that are there already, and writes them down with what each depends on, so
// that the first check finds the few things that are odd and not the many
// that are new to it.
package adopt
