// Package frozenwrite defines an analyzer that finds who changes a contract.
//
// report writes to contracts that others may hold
//
// Go has no frozen types, but it has values: to assign a struct is to copy it.
// That is all a contract needs, as long as nobody writes to one that others
// can see. This analyzer looks for such writes in every package that can get
// hold of a contract, also if it never imports the package that declares it.
//
// # contract-write
//
// A write reaches a contract that somebody else may hold. A contract is a type
// declared in a package with role contracts. All of these are writes: an
// assignment to a field, also of an element, of an embedded field, or by ++ or
// +=; an assignment through a pointer to a contract; a write to the elements
// of a slice or map in a field, by an index or by delete, clear, copy, append,
// sort and their like; decoding into a contract; and taking the address of a
// field, after which anybody can write to it.
//
// What one side changes, the other sees: the product that got the value a
// minute ago, the cache that keeps it, the goroutine that reads it right now.
// A boundary across which values change is none.
//
// To build is not to write. You may fill a value of your own, and everything
// that you made yourself, for as long as you have not given it away, nor what
// you put it into, on any way that leads to the write:
//
//	o := contracts.Order{ID: id}      // a value of one's own
//	o.Total = total                   // right
//
//	p := &contracts.Order{}           // new, and nobody else's yet
//	p.Lines = append(p.Lines, line)   // right
//	json.Unmarshal(data, p)           // right
//	publish(p)
//	p.Total = total                   // wrong: publish may have kept it
//
// A copy of a value is your own too, so that what another language calls
// replace takes two lines:
//
//	func reprice(o *contracts.Order, total int64) contracts.Order {
//		c := *o
//		c.Total = total                // right: a copy
//		return c
//	}
//
//	func reprice(o *contracts.Order, total int64) {
//		o.Total = total                // wrong: the caller's
//	}
//
// A copy shares the slices and maps in it. Clone one before you write to its
// elements:
//
//	c.Tags = slices.Clone(c.Tags)
//	c.Tags[0] = "paid"
//
// To append to a slice of a copy and to put the result back is not reported:
// nobody who holds the order sees what stands behind the end of its slice.
// Where two copies of one order may grow, clone there too. Memory that is a
// contract's only by reference, as a slice of yours that you put into one and
// still hold, is not followed back to you.
//
// A write to a parameter, a receiver or a range variable that is a value is
// reported if nobody looks at the variable afterwards: it is lost.
//
// Allow it where a value is still being made, but not by one function, and you
// can see that nobody else holds it yet:
//
//	p.Total = total //boundaries:ignore contract-write only the importer holds p
//
// Test files and generated files are not looked at; [contracts] tests = true
// in boundaries.toml adds the tests. A module with frozen = "off" has no
// contracts to guard.
package frozenwrite
