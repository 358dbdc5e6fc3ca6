package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
)

// Address is a postal address of an account.
type Address struct {
	ent.Schema
}

// Fields of the Address.
func (Address) Fields() []ent.Field {
	return []ent.Field{
		field.String("id").Immutable().NotEmpty(),
		field.String("line").NotEmpty(),
		field.String("city").NotEmpty(),
		field.String("postal_code").NotEmpty(),
		field.String("country").MinLen(2).MaxLen(2),
	}
}

// Edges of the Address. A relation inside the product is fine.
func (Address) Edges() []ent.Edge {
	return []ent.Edge{
		edge.From("account", Account.Type).Ref("addresses").Unique().Required(),
	}
}
