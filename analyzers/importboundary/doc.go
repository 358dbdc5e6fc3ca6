// Package importboundary defines an analyzer that holds imports to boundaries.toml.
//
// report imports that cross a product boundary
//
// A monorepo is cut into products and other modules; boundaries.toml says
// which directories they are, what each shows to the others, and on whom each
// may depend. This analyzer judges every import spec of a package by that.
// Test files are held to private-import alone.
//
// # private-import
//
// A package imports a package that another module keeps to itself.
//
// What a product exposes is a promise; the rest of it may change any day
// without asking anyone. Whoever imports another product's models or logic
// makes a promise on its behalf, and learns of the change when the build, or
// worse the data, breaks. A product shows its facade and its contracts, its
// facadetest to tests, and its routes to code that belongs to no product, as
// long as the interfaces in boundaries.toml do not say otherwise. The rule
// holds in _test.go files too: a test that knows another product's tables
// breaks like any other code.
//
//	import "shop.example/products/billing/models" // wrong
//	import "shop.example/products/billing/facade" // right
//
// Where an interface exposes single symbols ("webhooks.Handler"), each use of
// another symbol of that package is reported where it stands.
//
// To allow one consumer more, write an [[interfaces]] entry with its
// visibility, and the reason; to allow one import for now:
//
//	import "shop.example/products/billing/models" //boundaries:ignore private-import until invoices move, see #812
//
// # undeclared-dependency
//
// A module imports another that its depends_on does not list.
//
// Even through the front door, a visit should be announced. depends_on is
// where a reader learns what a module rests on and whom a change may break,
// and where its owners notice that it grows a new leg. Without the key a
// module may depend on anything, with it only on what it lists, on modules
// that are a utility, and on lower layers.
//
//	[[modules]]
//	path       = "products/orders"
//	depends_on = ["products/billing"] # and now also "products/search"
//
// If the dependency is meant, add it; boundaries sync does so for all at once.
// If not, drop the import. Tests may use what they need without declaring it.
//
// # forbidden-dependency
//
// A module imports another that it must not: its own cannot_depend_on names
// it, or the other's visibility does not include the importer, or the target
// belongs to no module and root_module is "dependenciesonly".
//
// Some dependencies were removed with great effort and must not come back;
// some modules are for few. Both beat everything that would allow the edge, be
// it a depends_on entry, a layer or a utility, and both are asked of the
// imports there are, not of what somebody declared.
//
//	[[modules]]
//	path             = "products/catalog"
//	cannot_depend_on = ["products/billing"]
//
// To allow it, change the entry, with those who wrote it.
//
// # deprecated-dependency
//
// A module still imports another by a depends_on entry that is marked
// deprecated. The message carries the reason its owners gave.
//
// A dependency that is on its way out goes one import at a time. Until then it
// is legal, and each import says that it should not stay.
//
//	depends_on = [{ path = "products/legacy", deprecated = true, reason = "use products/orders" }]
//
// # layer-violation
//
// An import leads from a lower layer to a higher one, or past a closed layer
// that lies strictly between the two.
//
// Layers are for the order that everybody should be able to know by heart:
// applications above products above the platform. An import that goes up makes
// the floor depend on the house. A closed layer is a floor without a
// staircase: what lies above reaches what lies below only through it.
//
//	layers = ["app", "product", { name = "platform", closed = true }, "core"]
//
// Turn the dependency around (let the upper module hand the lower one what it
// needs, as a value or an interface), or move what both need further down.
//
// # role-violation
//
// Inside one product, a package imports a role that its own role may not.
//
// Presentation that calls logic or models directly makes the facade a thing
// for strangers, and two ways into the product drift apart. Presentation and
// tasks call the facade; the facade calls logic; logic uses models; contracts
// know nobody.
//
//	import "shop.example/products/billing/logic"  // wrong, in billing/presentation
//	import "shop.example/products/billing/facade" // right
//
// A product whose layout differs can redefine a role, or add one, in
// [roles.NAME]. Packages without a role may import anything.
//
// # unconfined-import
//
// A package from outside the tree is imported where it does not belong: an
// [[external]] entry gives it a home elsewhere, or the module's
// depends_on_external does not list it, or its cannot_depend_on_external does.
//
// A vendor's SDK that is called in forty places is a vendor that cannot be
// changed. Behind one package of your own, its next major version is a day's
// work, and a test can stand in for it.
//
//	[[external]]
//	packages = ["github.com/posthog/posthog-go/..."]
//	only     = ["platform/posthog/..."]
//	reason   = "events go through platform/posthog"
//
// To let another package in, add its directory to only.
//
// # unowned-package
//
// With root_module = "forbid", a package belongs to no module.
//
// Rules that hold for modules do not hold for what is in none, so a new
// directory could slip past all of them unnoticed. It is reported once, at the
// package clause of the package's first file that is no test, or of its first
// test if there is nothing else. External tests (package x_test) that do not
// import what they stand beside count as a package of their own.
//
// Add a [[modules]] entry for the directory, or exclude it.
package importboundary
