package owned

import "strings"

// What functions of other packages do with their arguments, as far as it
// matters here. Each is known by its full identity: packages have methods of
// the same names that do the opposite.
var (
	// decoders fill what their arguments point to.
	decoders = identities(`
		encoding/json.Unmarshal encoding/json.Decoder.Decode
		encoding/xml.Unmarshal encoding/xml.Decoder.Decode encoding/xml.Decoder.DecodeElement
		encoding/gob.Decoder.Decode encoding/asn1.Unmarshal encoding/binary.Read encoding/binary.Decode
		fmt.Scan fmt.Scanf fmt.Scanln fmt.Sscan fmt.Sscanf fmt.Sscanln fmt.Fscan fmt.Fscanf fmt.Fscanln
		flag.BoolVar flag.DurationVar flag.IntVar flag.StringVar flag.UintVar flag.Int64Var flag.Float64Var flag.TextVar
		flag.FlagSet.BoolVar flag.FlagSet.DurationVar flag.FlagSet.IntVar flag.FlagSet.StringVar flag.FlagSet.UintVar
		flag.FlagSet.Int64Var flag.FlagSet.Float64Var flag.FlagSet.TextVar
		database/sql.Row.Scan database/sql.Rows.Scan
		encoding/json/v2.Unmarshal encoding/json/v2.UnmarshalRead encoding/json/v2.UnmarshalDecode
		encoding/json.UnmarshalRead encoding/json.UnmarshalDecode
		gopkg.in/yaml.Unmarshal gopkg.in/yaml.UnmarshalStrict gopkg.in/yaml.Decoder.Decode gopkg.in/yaml.Node.Decode
		go.yaml.in/yaml.Unmarshal go.yaml.in/yaml.Decoder.Decode go.yaml.in/yaml.Node.Decode
		sigs.k8s.io/yaml.Unmarshal sigs.k8s.io/yaml.UnmarshalStrict
		github.com/goccy/go-yaml.Unmarshal github.com/goccy/go-yaml.Decoder.Decode
		github.com/BurntSushi/toml.Unmarshal github.com/BurntSushi/toml.Decode github.com/BurntSushi/toml.DecodeFile
		github.com/BurntSushi/toml.Decoder.Decode
		github.com/pelletier/go-toml.Unmarshal github.com/pelletier/go-toml.Decoder.Decode
		github.com/json-iterator/go.Unmarshal github.com/json-iterator/go.UnmarshalFromString
		github.com/json-iterator/go.API.Unmarshal github.com/json-iterator/go.API.UnmarshalFromString
		github.com/json-iterator/go.Decoder.Decode
		github.com/goccy/go-json.Unmarshal github.com/goccy/go-json.Decoder.Decode
		github.com/bytedance/sonic.Unmarshal github.com/bytedance/sonic.UnmarshalString
		google.golang.org/protobuf/proto.Unmarshal google.golang.org/protobuf/encoding/protojson.Unmarshal
		google.golang.org/protobuf/proto.UnmarshalOptions.Unmarshal
		google.golang.org/protobuf/encoding/protojson.UnmarshalOptions.Unmarshal
		go.mongodb.org/mongo-driver/bson.Unmarshal go.mongodb.org/mongo-driver/bson.Decoder.Decode
		go.mongodb.org/mongo-driver/mongo.SingleResult.Decode go.mongodb.org/mongo-driver/mongo.Cursor.Decode
		go.mongodb.org/mongo-driver/mongo.Cursor.All
		github.com/vmihailenco/msgpack.Unmarshal github.com/vmihailenco/msgpack.Decoder.Decode
		github.com/fxamacker/cbor.Unmarshal github.com/fxamacker/cbor.Decoder.Decode
		github.com/mitchellh/mapstructure.Decode github.com/mitchellh/mapstructure.WeakDecode
		github.com/go-viper/mapstructure.Decode github.com/go-viper/mapstructure.WeakDecode
		github.com/spf13/viper.Unmarshal github.com/spf13/viper.UnmarshalKey
		github.com/spf13/viper.Viper.Unmarshal github.com/spf13/viper.Viper.UnmarshalKey
		github.com/kelseyhightower/envconfig.Process github.com/caarlos0/env.Parse
		github.com/gorilla/schema.Decoder.Decode github.com/go-playground/form.Decoder.Decode
		github.com/go-chi/render.Decode github.com/go-chi/render.DecodeJSON github.com/go-chi/render.Bind
		github.com/gin-gonic/gin.Context.Bind github.com/gin-gonic/gin.Context.BindJSON github.com/gin-gonic/gin.Context.BindQuery
		github.com/gin-gonic/gin.Context.BindUri github.com/gin-gonic/gin.Context.BindHeader github.com/gin-gonic/gin.Context.BindXML
		github.com/gin-gonic/gin.Context.BindYAML github.com/gin-gonic/gin.Context.BindWith
		github.com/gin-gonic/gin.Context.ShouldBind github.com/gin-gonic/gin.Context.ShouldBindJSON
		github.com/gin-gonic/gin.Context.ShouldBindQuery github.com/gin-gonic/gin.Context.ShouldBindUri
		github.com/gin-gonic/gin.Context.ShouldBindHeader github.com/gin-gonic/gin.Context.ShouldBindXML
		github.com/gin-gonic/gin.Context.ShouldBindYAML github.com/gin-gonic/gin.Context.ShouldBindWith
		github.com/gin-gonic/gin.Context.ShouldBindBodyWith github.com/gin-gonic/gin.Context.ShouldBindBodyWithJSON
		github.com/labstack/echo.Context.Bind
		github.com/gofiber/fiber.Ctx.BodyParser github.com/gofiber/fiber.Ctx.QueryParser github.com/gofiber/fiber.Ctx.ParamsParser
		github.com/gofiber/fiber.Ctx.ReqHeaderParser github.com/gofiber/fiber.Ctx.CookieParser
		github.com/jmoiron/sqlx.Get github.com/jmoiron/sqlx.Select github.com/jmoiron/sqlx.StructScan
		github.com/jmoiron/sqlx.DB.Get github.com/jmoiron/sqlx.DB.Select github.com/jmoiron/sqlx.DB.GetContext
		github.com/jmoiron/sqlx.DB.SelectContext github.com/jmoiron/sqlx.Tx.Get github.com/jmoiron/sqlx.Tx.Select
		github.com/jmoiron/sqlx.Tx.GetContext github.com/jmoiron/sqlx.Tx.SelectContext
		github.com/jmoiron/sqlx.Row.StructScan github.com/jmoiron/sqlx.Rows.StructScan github.com/jmoiron/sqlx.Row.Scan
		github.com/jackc/pgx.Row.Scan github.com/jackc/pgx.Rows.Scan
		github.com/georgysavva/scany/pgxscan.Get github.com/georgysavva/scany/pgxscan.Select
		gorm.io/gorm.DB.First gorm.io/gorm.DB.Last gorm.io/gorm.DB.Take gorm.io/gorm.DB.Find gorm.io/gorm.DB.Scan
		gorm.io/gorm.DB.Pluck gorm.io/gorm.DB.FirstOrInit gorm.io/gorm.DB.FirstOrCreate
		github.com/uptrace/bun.SelectQuery.Scan github.com/uptrace/bun.RawQuery.Scan
		xorm.io/xorm.Session.Get xorm.io/xorm.Session.Find xorm.io/xorm.Engine.Get
		xorm.io/xorm.Interface.Get xorm.io/xorm.Interface.Find
		github.com/jinzhu/copier.Copy`)

	// mutators write to their first argument: to the elements of a slice, or
	// to the entries of a map.
	mutators = with(mapStep, `maps.Copy maps.DeleteFunc maps.Insert`,
		with(sliceStep, `
		sort.Slice sort.SliceStable sort.Sort sort.Stable sort.Strings sort.Ints sort.Float64s
		slices.Sort slices.SortFunc slices.SortStableFunc slices.Reverse slices.Delete slices.DeleteFunc
		slices.Insert slices.Compact slices.CompactFunc slices.Replace
		golang.org/x/exp/slices.Sort golang.org/x/exp/slices.SortFunc golang.org/x/exp/slices.SortStableFunc
		golang.org/x/exp/slices.Reverse golang.org/x/exp/slices.Delete golang.org/x/exp/slices.Insert
		golang.org/x/exp/slices.Compact golang.org/x/exp/slices.Replace
		encoding/binary.PutUvarint encoding/binary.PutVarint encoding/binary.Encode
		encoding/binary.bigEndian.PutUint16 encoding/binary.bigEndian.PutUint32 encoding/binary.bigEndian.PutUint64
		encoding/binary.littleEndian.PutUint16 encoding/binary.littleEndian.PutUint32 encoding/binary.littleEndian.PutUint64
		encoding/binary.ByteOrder.PutUint16 encoding/binary.ByteOrder.PutUint32 encoding/binary.ByteOrder.PutUint64
		encoding/base32.Encoding.Encode encoding/base32.Encoding.Decode encoding/base64.Encoding.Encode encoding/base64.Encoding.Decode
		encoding/hex.Decode encoding/hex.Encode unicode/utf8.EncodeRune crypto/rand.Read math/rand.Read`, nil))

	// fillers write to the elements of their second argument.
	fillers = identities(`io.ReadFull io.ReadAtLeast`)

	// growers append to their first argument: what they return may be the same
	// memory, and they may write behind its end.
	growers = identities(`
		slices.AppendSeq slices.Insert slices.Replace golang.org/x/exp/slices.Insert golang.org/x/exp/slices.Replace
		fmt.Append fmt.Appendf fmt.Appendln
		strconv.AppendBool strconv.AppendFloat strconv.AppendInt strconv.AppendUint
		strconv.AppendQuote strconv.AppendQuoteToASCII strconv.AppendQuoteToGraphic
		strconv.AppendQuoteRune strconv.AppendQuoteRuneToASCII strconv.AppendQuoteRuneToGraphic
		encoding/binary.Append encoding/binary.AppendUvarint encoding/binary.AppendVarint
		encoding/binary.bigEndian.AppendUint16 encoding/binary.bigEndian.AppendUint32 encoding/binary.bigEndian.AppendUint64
		encoding/binary.littleEndian.AppendUint16 encoding/binary.littleEndian.AppendUint32 encoding/binary.littleEndian.AppendUint64
		encoding/binary.AppendByteOrder.AppendUint16 encoding/binary.AppendByteOrder.AppendUint32 encoding/binary.AppendByteOrder.AppendUint64
		encoding/base32.Encoding.AppendEncode encoding/base32.Encoding.AppendDecode
		encoding/base64.Encoding.AppendEncode encoding/base64.Encoding.AppendDecode
		encoding/hex.AppendEncode encoding/hex.AppendDecode unicode/utf8.AppendRune time.Time.AppendFormat`)

	// keepers return a part of their first argument.
	keepers = identities(`
		slices.Clip slices.Grow slices.Delete slices.DeleteFunc slices.Compact slices.CompactFunc
		golang.org/x/exp/slices.Clip golang.org/x/exp/slices.Delete golang.org/x/exp/slices.Compact
		bytes.TrimSpace bytes.Trim bytes.TrimLeft bytes.TrimRight bytes.TrimPrefix bytes.TrimSuffix`)

	// atomics change their receiver.
	atomics = identities(`
		sync/atomic.Bool.Store sync/atomic.Bool.Swap sync/atomic.Bool.CompareAndSwap
		sync/atomic.Int32.Store sync/atomic.Int32.Add sync/atomic.Int32.Swap sync/atomic.Int32.CompareAndSwap sync/atomic.Int32.And sync/atomic.Int32.Or
		sync/atomic.Int64.Store sync/atomic.Int64.Add sync/atomic.Int64.Swap sync/atomic.Int64.CompareAndSwap sync/atomic.Int64.And sync/atomic.Int64.Or
		sync/atomic.Uint32.Store sync/atomic.Uint32.Add sync/atomic.Uint32.Swap sync/atomic.Uint32.CompareAndSwap sync/atomic.Uint32.And sync/atomic.Uint32.Or
		sync/atomic.Uint64.Store sync/atomic.Uint64.Add sync/atomic.Uint64.Swap sync/atomic.Uint64.CompareAndSwap sync/atomic.Uint64.And sync/atomic.Uint64.Or
		sync/atomic.Pointer.Store sync/atomic.Pointer.Swap sync/atomic.Pointer.CompareAndSwap
		sync/atomic.Value.Store sync/atomic.Value.Swap sync/atomic.Value.CompareAndSwap`)

	// readers neither keep nor change their arguments; a name without a dot
	// after its last slash stands for a whole package.
	readers = identities(`
		fmt log log/slog errors sort slices maps strings bytes strconv cmp unicode/utf8 math math/bits reflect.DeepEqual
		encoding/json.Marshal encoding/json.MarshalIndent encoding/json.Encoder.Encode
		encoding/xml.Marshal encoding/xml.MarshalIndent encoding/xml.Encoder.Encode encoding/gob.Encoder.Encode
		encoding/hex.EncodeToString encoding/hex.Dump
		encoding/base64.Encoding.EncodeToString encoding/base32.Encoding.EncodeToString
		crypto/sha1.Sum crypto/sha256.Sum256 crypto/sha512.Sum512 crypto/md5.Sum crypto/hmac.Equal crypto/subtle.ConstantTimeCompare
		hash.Hash.Write io.Writer.Write io.WriteString
		testing.common.Log testing.common.Logf testing.common.Error testing.common.Errorf testing.common.Fatal testing.common.Fatalf
		gopkg.in/yaml.Marshal google.golang.org/protobuf/proto.Marshal google.golang.org/protobuf/proto.Equal
		github.com/google/go-cmp/cmp.Diff github.com/google/go-cmp/cmp.Equal`)

	// iterators yield the elements of what they are given; those of maps.Values
	// and slices.Values come first, others behind a key or an index.
	iterators = identities("maps.All maps.Values slices.All slices.Backward slices.Values")

	// cloners return memory of their own that holds the elements of their
	// first argument.
	cloners = identities(`
		slices.Clone maps.Clone bytes.Clone slices.Concat slices.Collect slices.Sorted slices.SortedFunc slices.Repeat maps.Collect
		golang.org/x/exp/slices.Clone golang.org/x/exp/maps.Clone
		strings.Split strings.SplitN strings.Fields strings.FieldsFunc`)
)

func identities(text string) map[string]bool {
	m := map[string]bool{}
	for _, id := range strings.Fields(text) {
		m[id] = true
	}
	return m
}

func with(step, text string, m map[string]string) map[string]string {
	if m == nil {
		m = map[string]string{}
	}
	for _, id := range strings.Fields(text) {
		m[id] = step
	}
	return m
}
