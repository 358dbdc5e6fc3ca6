package orm

import (
	"fmt"
	"go/types"
	"slices"
)

// A library is what is known of one ORM. Its paths are without major
// versions. Whatever it declares is a handle, unless it is listed otherwise or a
// mere number or string.
type library struct {
	preset string // its name in [orm].presets
	paths  []string

	values []string // "path.Type", with globs in Type: what goes into a column or an option

	tags       []string // struct tags that only its models have
	weakTags   []string // tags that others use as well: they count in models packages
	embeds     []string // what a struct embeds to be its model
	generators []string // the tools that write its models, as their headers say
	hooks      bool     // its models have methods like BeforeSave(*DB)
}

// verdict judges a type that the library itself declares.
func (l *library) verdict(t *types.TypeName) Verdict {
	path := unversioned(t.Pkg().Path())
	in := func(list []string) bool {
		return slices.ContainsFunc(list, func(pattern string) bool {
			dir, name := splitName(pattern)
			return dir == path && glob(name, t.Name())
		})
	}
	v := Verdict{Kind: Handle, Evidence: fmt.Sprintf("%s belongs to %s", t.Name(), t.Pkg().Path())}
	switch {
	case in(l.embeds):
		v.Kind = Model
	case in(l.values):
		v.Kind = Value
	case isBasic(t.Type()):
		return Verdict{} // a level or a flag, such as sql.IsolationLevel
	}
	return v
}

func isBasic(t types.Type) bool {
	_, ok := t.Underlying().(*types.Basic)
	return ok
}

// splitName cuts "import/path.Type" at the dot before the type.
func splitName(s string) (path, name string) {
	for i := len(s) - 1; i >= 0; i-- {
		if s[i] == '.' {
			return s[:i], s[i+1:]
		}
	}
	return s, ""
}

// libraries is the table of all that is known, by preset.
var libraries = []library{
	{
		preset: "gorm",
		paths:  []string{"gorm.io/gorm", "gorm.io/datatypes", "gorm.io/plugin", "gorm.io/gen", "gorm.io/driver", "gorm.io/hints", "gorm.io/sharding", "github.com/jinzhu/gorm"},
		values: []string{"gorm.io/gorm.DeletedAt", "gorm.io/datatypes.*", "gorm.io/plugin/soft_delete.*"},
		tags:   []string{"gorm"}, weakTags: []string{"sql"},
		embeds:     []string{"gorm.io/gorm.Model", "github.com/jinzhu/gorm.Model"},
		generators: []string{"gorm.io/gen"},
		hooks:      true,
	},
	{
		preset:     "ent",
		paths:      []string{"entgo.io/ent"},
		embeds:     []string{"entgo.io/ent.Schema", "entgo.io/ent/schema/mixin.Schema"},
		values:     []string{"entgo.io/ent/dialect/sql.Null*"},
		generators: []string{"ent"},
	},
	{
		preset: "bun",
		paths:  []string{"github.com/uptrace/bun"},
		tags:   []string{"bun"},
		embeds: []string{"github.com/uptrace/bun.BaseModel", "github.com/uptrace/bun/schema.BaseModel"},
		values: []string{"github.com/uptrace/bun.NullTime", "github.com/uptrace/bun/schema.NullTime"},
		hooks:  true,
	},
	{
		preset: "go-pg",
		paths:  []string{"github.com/go-pg/pg"},
		tags:   []string{"pg"},
		values: []string{"github.com/go-pg/pg.NullTime", "github.com/go-pg/pg/types.NullTime"},
		hooks:  true,
	},
	{
		preset:     "sqlc",
		paths:      []string{"github.com/sqlc-dev/pqtype", "github.com/tabbed/pqtype"},
		values:     []string{"github.com/sqlc-dev/pqtype.*", "github.com/tabbed/pqtype.*"},
		generators: []string{"sqlc"},
	},
	{
		preset: "sqlboiler",
		paths: []string{
			"github.com/aarondl/sqlboiler", "github.com/volatiletech/sqlboiler",
			"github.com/aarondl/null", "github.com/volatiletech/null",
		},
		values: []string{
			"github.com/aarondl/null.*", "github.com/volatiletech/null.*",
			"github.com/aarondl/sqlboiler/types.*", "github.com/volatiletech/sqlboiler/types.*",
		},
		tags:       []string{"boil"},
		generators: []string{"SQLBoiler"},
	},
	{
		preset:     "bob",
		paths:      []string{"github.com/stephenafamo/bob"},
		values:     []string{"github.com/stephenafamo/bob/types.*"},
		weakTags:   []string{"db"},
		generators: []string{"BobGen"},
	},
	{
		preset: "xorm",
		paths:  []string{"xorm.io/xorm", "xorm.io/builder", "github.com/go-xorm/xorm"},
		tags:   []string{"xorm"},
	},
	{
		preset: "sqlx",
		paths:  []string{"github.com/jmoiron/sqlx"},
		values: []string{"github.com/jmoiron/sqlx/types.*"}, weakTags: []string{"db"},
	},
	{
		preset:   "pgx",
		paths:    []string{"github.com/jackc/pgx", "github.com/jackc/pgtype", "github.com/jackc/pgconn", "github.com/jackc/puddle"},
		values:   []string{"github.com/jackc/pgx/pgtype.*", "github.com/jackc/pgtype.*", "github.com/jackc/pgx.TxOptions", "github.com/jackc/pgx.NamedArgs"},
		weakTags: []string{"db"},
	},
	{
		preset: "sql",
		paths:  []string{"database/sql", "github.com/lib/pq", "gopkg.in/guregu/null", "github.com/guregu/null"},
		values: []string{
			"database/sql.Null*", "database/sql.TxOptions", "database/sql.NamedArg",
			"database/sql.Out", "database/sql.Scanner", "database/sql.DBStats",
			"database/sql/driver.Value", "database/sql/driver.Valuer", "database/sql/driver.NamedValue", "database/sql/driver.TxOptions",
			"github.com/lib/pq.*Array", "github.com/lib/pq.Null*",
			"gopkg.in/guregu/null.*", "gopkg.in/guregu/null/zero.*", "github.com/guregu/null.*", "github.com/guregu/null/zero.*",
		},
	},
	{
		preset: "mongo",
		paths:  []string{"go.mongodb.org/mongo-driver", "github.com/globalsign/mgo", "gopkg.in/mgo"},
		values: []string{
			"go.mongodb.org/mongo-driver/bson.ObjectID", "go.mongodb.org/mongo-driver/bson.Decimal128", "go.mongodb.org/mongo-driver/bson.DateTime",
			"go.mongodb.org/mongo-driver/bson.Timestamp", "go.mongodb.org/mongo-driver/bson.Binary",
			"go.mongodb.org/mongo-driver/bson/primitive.ObjectID", "go.mongodb.org/mongo-driver/bson/primitive.Decimal128",
			"go.mongodb.org/mongo-driver/bson/primitive.DateTime", "go.mongodb.org/mongo-driver/bson/primitive.Timestamp",
			"go.mongodb.org/mongo-driver/bson/primitive.Binary", "github.com/globalsign/mgo/bson.ObjectId", "gopkg.in/mgo/bson.ObjectId",
		},
		weakTags: []string{"bson"}, // also a wire format
	},
	{
		preset: "beego",
		paths:  []string{"github.com/beego/beego/client/orm", "github.com/astaxie/beego/orm"},
		tags:   []string{"orm"},
	},
	{
		preset:     "goframe",
		paths:      []string{"github.com/gogf/gf/database/gdb"},
		tags:       []string{"orm"},
		generators: []string{"GoFrame CLI tool"},
	},
	{
		preset:   "pop",
		paths:    []string{"github.com/gobuffalo/pop", "github.com/gobuffalo/nulls"},
		values:   []string{"github.com/gobuffalo/nulls.*", "github.com/gobuffalo/pop/slices.*"},
		tags:     []string{"belongs_to", "has_many", "has_one", "many_to_many"},
		weakTags: []string{"db"},
	},
	{
		preset: "upper", paths: []string{"github.com/upper/db", "upper.io/db"}, weakTags: []string{"db"},
	},
	{
		preset: "gorp", paths: []string{"github.com/go-gorp/gorp", "gopkg.in/gorp"}, weakTags: []string{"db"}, hooks: true,
	},
	{
		preset: "reform", paths: []string{"gopkg.in/reform"}, tags: []string{"reform"},
	},
	{
		preset: "go-jet", paths: []string{"github.com/go-jet/jet"}, generators: []string{"go-jet"},
	},
	{
		preset: "go-rel", paths: []string{"github.com/go-rel/rel"}, tags: []string{"autoload", "through"}, weakTags: []string{"db", "ref"},
	},
	{
		preset: "ozzo", paths: []string{"github.com/go-ozzo/ozzo-dbx", "github.com/pocketbase/dbx"}, weakTags: []string{"db"},
	},
	{
		preset: "firestore", paths: []string{"cloud.google.com/go/firestore"}, tags: []string{"firestore"},
	},
	{
		preset: "datastore", paths: []string{"cloud.google.com/go/datastore"}, tags: []string{"datastore"},
	},
	{
		preset: "spanner", paths: []string{"cloud.google.com/go/spanner"}, values: []string{"cloud.google.com/go/spanner.Null*"}, tags: []string{"spanner"},
	},
	{
		preset: "dynamodb",
		paths: []string{
			"github.com/aws/aws-sdk-go-v2/service/dynamodb", "github.com/aws/aws-sdk-go-v2/feature/dynamodb",
			"github.com/aws/aws-sdk-go/service/dynamodb", "github.com/guregu/dynamo",
		},
		tags: []string{"dynamodbav", "dynamo"},
	},
	{
		preset: "redis", paths: []string{"github.com/redis/rueidis/om"}, weakTags: []string{"redis"},
	},
	{
		preset: "storm", paths: []string{"github.com/asdine/storm", "github.com/timshannon/badgerhold", "github.com/timshannon/bolthold"},
		tags: []string{"storm", "badgerhold", "boltholdKey", "boltholdIndex"},
	},
	{
		preset: "bolt", paths: []string{"go.etcd.io/bbolt", "github.com/boltdb/bolt", "github.com/dgraph-io/badger", "github.com/hashicorp/go-memdb", "github.com/cayleygraph/cayley"},
	},
}
