// Package frozencontract defines an analyzer that keeps contracts frozen.
//
// report contracts that can change, and logic among them
//
// A contract is a type declared in a package with role contracts: what a
// product tells others, and all they know of it. It is frozen if, once a value
// is given away, nothing that any part of the program does can change what
// those who hold it see. Go has no word for that, but three shapes do it.
//
// A plain struct of values. Assignment copies it, == compares it, it can be the
// key of a map, and encoding/json knows its fields:
//
//	type Invoice struct {
//		ID     string
//		Amount int64
//		DueAt  time.Time
//	}
//
// Unexported fields with a constructor and getters, where a value holds many.
// The constructor clones what it is given, a getter clones what it hands out
// or iterates over it:
//
//	type Basket struct{ items List }   // List is a type that is known_immutable
//
//	func NewBasket(items ...Item) Basket { return Basket{NewList(items)} }
//
//	func (b Basket) Items() iter.Seq[Item] { return b.items.All() }
//
// Structs with slices, maps and pointers that everybody only reads. That is
// level readonly, for code that was there before the rule: the shape allows
// them, and contract-write finds whoever writes to their elements.
//
// The level is set by level in [contracts] of boundaries.toml, and for one
// module by its key frozen: "strict", "readonly" or "off".
//
// # mutable-contract
//
// A contract has a shape that can be changed, or a function beside it changes
// it. At level strict, no field may be a slice, a map, a pointer, a channel, a
// func, an interface, a lock or an atomic, nor a struct with such a field, in
// whatever package that is declared; level readonly allows slices, maps and
// pointers of what is immutable. At either level, a method must not change
// its receiver or hand out a slice, map or pointer in an unexported field (a
// pointer to another contract is fine: contract-write guards what it points
// to), nor put back what append makes of a slice in a receiver by value; a
// function must not keep a slice or map that it was given; and the package
// has no variables but errors to compare with.
//
// Such a value is shared by all who copy it. When one of them sorts the slice,
// all others see it sorted, and no signature tells. A struct with a slice
// cannot be compared either, nor be the key of a map.
//
//	type Result struct {
//		Tags  []string                  // wrong: Result.Tags: []string is a slice
//		Next  *Result                   // wrong: a pointer
//	}
//
//	func (r *Result) Rename(n string) { r.name = n }        // wrong: a setter
//
//	func (r Result) Named(n string) Result {                // right: a changed copy
//		r.name = n
//		return r
//	}
//
// Say [3]string if there are always three, a string if it is bytes, an
// Option[T comparable] if it may be missing, and a list type of your own for
// many. Name that in known_immutable, with its import path; a generic type is
// immutable if its type arguments are. time.Time, netip.Addr, uuid.UUID and a
// few more are known. What is worse than it looks goes to known_mutable.
//
// Allow one field with a comment, a whole module with frozen = "readonly":
//
//	Raw []byte //boundaries:ignore mutable-contract until the parser takes strings
//
// Methods that decode (UnmarshalJSON, Scan and their like) may change their
// receiver, which is in the making.
//
// # impure-contract
//
// A package of contracts does more than carry data. It may import other
// contracts, the packages of the standard library that only compute (errors,
// fmt, strings, strconv, slices, maps, cmp, iter, math, math/bits, unicode,
// unicode/utf8, bytes, sort, time, encoding/json, encoding/base64,
// encoding/hex, net/netip, unique, hash/...), and those that declare a type that is
// known immutable. Its functions must not start goroutines, use channels,
// write to package variables or take their addresses, read the clock or call anything outside those
// packages; there is no init; and they are short: max_statements and
// max_complexity in [contracts] say how short, three times that for functions
// that encode or decode. Functions in generated files are not looked at.
//
// Everybody imports contracts. What they import, everybody gets; what they do,
// nobody can replace in a test; and logic that hides here is logic that no
// product owns.
//
//	func (i Invoice) Late() bool { return time.Now().After(i.DueAt) }          // wrong
//
//	func (i Invoice) LateAt(now time.Time) bool { return now.After(i.DueAt) }  // right
//
// Allow a package of values of your own for all contracts by its import path:
//
//	[contracts]
//	imports = ["example.com/mono/core/money"]
//
// # oversized-contract
//
// A contract has more fields or bytes than max_fields and max_bytes in
// [contracts] allow. Fields of embedded structs count, and so does all that
// arrays hold.
//
// A value is copied whenever it is passed on, and a type with fifty fields is
// not one promise but many.
//
//	type Image struct{ Pixels [4096]byte }   // wrong: each assignment copies 4 KiB
//
// Split it by who needs what, or hand out a part. Raise the limits, or ignore
// one type:
//
//	type Profile struct { //boundaries:ignore oversized-contract it mirrors the form of the tax office
package frozencontract
