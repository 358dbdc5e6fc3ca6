// Package imports answers one question: what does the tree look like as it
// is? Which Go modules and packages lie below a root, which files do they
// have, and which import paths do those files spell, where.
//
// It asks nobody: no Go toolchain, no build tags, no module cache. Every .go
// file counts, whatever its GOOS, its tags or its use of cgo, because a rule
// about imports must not miss what is not built today. It knows no rule
// either; it is the ground that policy stands on.
//
// The work is bounded by the disk. Directories are read in parallel, of each
// file only its head: the package clause and the imports, which nearly always
// lie within the first few kilobytes. A scanner of our own reads a head; it
// knows the spellings that are right, and leaves every doubt to go/parser,
// whose word about errors is the one Go programmers know.
//
// What cannot be read or parsed is never dropped in silence and never fatal:
// it becomes a [Problem], and the rest of the tree is reported all the same.
package imports
