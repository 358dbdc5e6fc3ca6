package facadeleak

import (
	"go/types"
	"regexp"
)

// transport are the requests, responses and contexts of the HTTP and RPC
// libraries, by import path without the number of the major version. Routers,
// handlers and clients are not among them.
var transport = map[string][]string{
	"net/http":                                  {"Request", "Response", "ResponseWriter"},
	"github.com/gin-gonic/gin":                  {"Context"},
	"github.com/labstack/echo":                  {"Context", "Response"},
	"github.com/gofiber/fiber":                  {"Ctx", "Request", "Response"},
	"github.com/valyala/fasthttp":               {"RequestCtx", "Request", "Response"},
	"github.com/kataras/iris":                   {"Context"},
	"github.com/kataras/iris/context":           {"Context"},
	"github.com/beego/beego/server/web/context": {"Context"},
	"github.com/gogf/gf/net/ghttp":              {"Request", "Response"},
	"github.com/cloudwego/hertz/pkg/app":        {"RequestContext"},
	"github.com/emicklei/go-restful":            {"Request", "Response"},
	"google.golang.org/grpc": {
		"ServerStream", "ClientStream", "Stream", "ServerTransportStream",
		"ServerStreamingServer", "ServerStreamingClient", "ClientStreamingServer", "ClientStreamingClient", "BidiStreamingServer", "BidiStreamingClient",
	},
	"connectrpc.com/connect": {
		"Request", "Response", "AnyRequest", "AnyResponse",
		"ServerStream", "ClientStream", "BidiStream", "StreamingHandlerConn", "StreamingClientConn",
	},
	"github.com/aws/aws-lambda-go/events": {"APIGatewayProxyRequest", "APIGatewayProxyResponse", "APIGatewayV2HTTPRequest", "APIGatewayV2HTTPResponse"},
}

var majorVersion = regexp.MustCompile(`/v[0-9]+(/|$)`)

func isTransport(t *types.TypeName) bool {
	path := majorVersion.ReplaceAllString(t.Pkg().Path(), "$1")
	for _, name := range transport[path] {
		if name == t.Name() {
			return true
		}
	}
	return false
}

func isAny(t types.Type) bool {
	if _, isParam := types.Unalias(t).(*types.TypeParam); isParam {
		return false
	}
	i, ok := types.Unalias(t).(*types.Interface)
	return ok && i.Empty()
}

// dictated reports whether a well-known interface makes a method return any,
// so that its author has no choice.
func dictated(f *types.Func) bool {
	if f == nil || f.Signature().Recv() == nil {
		return false
	}
	params, results := f.Signature().Params(), f.Signature().Results()
	switch f.Name() {
	case "Value": // context.Context
		return params.Len() == 1 && isAny(params.At(0).Type()) && results.Len() == 1
	case "Pop": // heap.Interface
		return params.Len() == 0 && results.Len() == 1
	case "MarshalYAML":
		return params.Len() == 0 && results.Len() == 2
	}
	return false
}
