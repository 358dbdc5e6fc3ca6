// Package schema is the ent schema of the accounts tables.
package schema

import (
	"time"

	"entgo.io/ent"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// Account is somebody who can sign in.
type Account struct {
	ent.Schema
}

// Fields of the Account.
func (Account) Fields() []ent.Field {
	return []ent.Field{
		field.String("id").Immutable().NotEmpty(),
		field.String("email").Unique().NotEmpty(),
		field.String("name").Default(""),
		field.Enum("role").Values("customer", "clerk", "admin").Default("customer"),
		field.String("password_hash").Sensitive(),
		field.Time("created_at").Immutable().Default(time.Now),
	}
}

// Edges of the Account.
func (Account) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("addresses", Address.Type),
	}
}

// Indexes of the Account.
func (Account) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("role", "created_at"),
	}
}
