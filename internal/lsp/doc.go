// Package lsp is the language server: it shows, while code is being typed,
// what check would say about it once saved.
//
// A [Server] keeps the open documents. For each boundaries.toml that governs
// one of them a root is at work, a goroutine of its own that holds the tree
// in memory and answers in three steps, each as soon as it can:
//
//   - the imports of what was edited, from the buffer, within milliseconds;
//   - what only the whole tree shows (cycles, dead configuration, entries of
//     depends_on that nothing needs), from memory, when typing pauses;
//   - what needs types, by the analyzers of the suite, package by package.
//
// An edit makes the later steps start over; until they are done, their old
// answers stay, moved along with the text. A package that does not type-check
// loses no finding about its imports.
//
// Nothing depends on the editor's file watching: roots look for themselves at
// what they were not told about, the configuration within three seconds.
package lsp
