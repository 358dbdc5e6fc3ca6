// Package facadeleak defines an analyzer that looks at what crosses a facade.
//
// report types that leak through the API of a product
//
// The API of a product, and of any other module that has interfaces, is what
// the exported declarations on its surface mention: parameters and results,
// fields and methods, aliases and embedded types, variables, type arguments
// and constraints, at any depth. This analyzer follows all of them and says
// where something gets out that should have stayed inside. Each leak is
// reported once, at the declaration that introduces it, and not at each use.
//
// Types declared elsewhere are known by their evidence, never by their name:
// the library they belong to, what they embed, their tags and hooks, the
// header of the generated file they stand in, and the role of their package.
//
// # orm-leak
//
// An ORM model or an ORM handle is part of the API.
//
// A model is a row of your tables. Whoever gets one reads columns, follows
// relations that load themselves, and may write it back; from then on a
// migration is a negotiation. A handle, such as *gorm.DB, pgx.Tx or a query
// builder, lets callers do all that without even asking. Import rules do not
// see it: the caller imports nothing but your facade.
//
//	func (f *Facade) Get(id string) (*models.Invoice, error)   // wrong
//	func (f *Facade) Get(id string) (contracts.Invoice, error) // right
//
// A model is a struct that embeds gorm.Model, bun.BaseModel or ent.Schema, has
// a tag such as gorm, bun or xorm or a hook such as BeforeSave(*gorm.DB), or
// stands in a file that sqlc, ent, SQLBoiler, bob, gorm.io/gen or go-jet has
// generated; and every struct, slice, map, func and interface type of a
// package with role models. With models_package = "orm" the role alone is not
// enough. A type of your logic that shows a model counts where the facade
// hands it out; what has only unexported state shows nothing.
//
// Handles may enter through wiring: as parameters of functions called New*,
// Open*, Must*, Provide* or Wire* that return a type of the surface, and as
// fields of structs called *Config, *Deps, *Options or *Components. Models may
// not. The table [orm] in boundaries.toml adds libraries, types and names of
// your own; [facade].allow_types lets single types cross. To let one
// declaration be for now:
//
//	func (f *Facade) Tx(do func(*gorm.DB) error) error //boundaries:ignore orm-leak the importer needs it until #812
//
// # orm-value-leak
//
// A database value type, or the sentinel error of an ORM, is part of the API.
//
// sql.NullString, pgtype.UUID and gorm.DeletedAt are how a column is spelled.
// In a contract they make all its readers speak the language of your database.
// Likewise an error like gorm.ErrRecordNotFound: callers that compare with it
// depend on the library behind your facade, and break when it is replaced.
// Methods Value() (driver.Value, error) and Scan(any) error are fine: how a
// type is stored is its own business.
//
//	type Invoice struct{ Note sql.NullString } // wrong
//	type Invoice struct{ Note string }         // right
//
//	return gorm.ErrRecordNotFound // wrong
//	return contracts.ErrNotFound  // right
//
// List what you want to live with in [orm].ignore_types, or ignore the line:
//
//	Note sql.NullString //boundaries:ignore orm-value-leak part of the v1 wire format
//
// # dynamic-orm-leak
//
// The API hands a model or handle out as any, error or another interface.
//
// The signature is clean and the leak is the same: sooner or later a caller
// asserts the type, prints it, or has it encoded with every column. The bodies
// of what the API runs are looked at for values that become an interface on
// their way out: when they are returned, sent, passed to a callback, stored
// through a pointer or in an exported field, or put into a context that is
// returned; directly, in a variable, or through one helper of the package.
// What counts is what the value is: a model or handle, or a struct with a
// model in an exported field. A repository that keeps its handle to itself may
// be returned as an interface.
//
//	func (f *Facade) Event() fmt.Stringer { return &models.Invoice{} }   // wrong
//	func (f *Facade) Event() fmt.Stringer { return contracts.Invoice{} } // right
//
// The rule sees what one package shows and no more; it is a warning. Where a
// conversion is meant, ignore it at the expression that is reported:
//
//	return row //boundaries:ignore dynamic-orm-leak audit reads the row by reflection
//
// # internal-leak
//
// The API hands out something else that is no contract.
//
// That is a type of the product's own packages behind its surface, also
// through an alias or a forwarded function; another product's private type; a
// type of a library that [[external]] keeps in one place; a request, response
// or context of an HTTP or RPC library; and a bare any as a result. Callers
// can hold such a value, but they can neither name it nor rely on it.
//
//	func (f *Facade) Search(r *http.Request) *logic.Page         // wrong
//	func (f *Facade) Search(q contracts.Query) contracts.Results // right
//
// Everything else may cross: basic and unnamed types, error, context.Context,
// other types of the standard library and of libraries, what is on a surface,
// and types of open modules, of utilities and of code that belongs to no
// module. []any and map[string]any are data. Packages with role routes or
// presentation may speak HTTP. Allow single types with
//
//	[facade]
//	allow_types = ["shop.example/products/accounts/session.Token"]
//
// or one line with //boundaries:ignore internal-leak and the reason.
package facadeleak
