// Package survey is the helper pass of the boundaries analyzers.
//
// find where a package stands under boundaries.toml
//
// It plays the part that passes/inspect plays for others: it reads the
// configuration that governs a package, says which module owns it and what
// its role is there, and is the only code that reports. Every other analyzer
// of the suite requires it and asks [Of].
//
// The configuration is the boundaries.toml nearest above the package, or the
// file that the environment variable BOUNDARIES_CONFIG names. A driver that
// knows better, because it has the file open in an editor or runs in a sandbox
// without one, puts an analyzer made by [Fixed] or [FromBytes] in its place:
// analyzers find the survey by the type of its result, not by its name.
//
// A configuration with mistakes is reported at the package clause, by every
// analyzer, as boundaries.toml:LINE:COL. It is never an error of the analyzer:
// drivers swallow those, or remember them as a clean result.
package survey
