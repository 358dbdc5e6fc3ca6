// Package owned answers: which memory of a contract does a function write,
// and who else may hold it?
//
// It looks at one function at a time, and at each place in it once. An
// expression that is written to is taken apart into the variable at its
// bottom and the steps from there: order.Lines[0].Name is order, the field
// Lines, an element of a slice, the field Name. The write touches a contract
// if one of the steps selects a field of one. It is harmless in two cases.
//
//   - The variable is the function's own and no step follows a reference: then
//     what is written is a copy that nobody else can see, unless the address of
//     the variable was given away before.
//   - The variable is the function's own and every reference on the way was
//     made here: each value that it was ever given is a new one, and none was
//     given away before.
//
// "Before" is what lies on a way through the control flow graph that leads to
// the write, and on which the variable is not given something new in between.
// What is put into something else of the function's own goes where that goes.
// This is not sound where values travel through interfaces, other functions or
// a second alias; it is meant to be right about what it reports.
package owned
