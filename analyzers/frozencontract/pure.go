package frozencontract

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strconv"
	"strings"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/boundaries-dev/boundaries/analyzers/survey"
	"github.com/boundaries-dev/boundaries/internal/frozen"
	"github.com/boundaries-dev/boundaries/internal/policy"
	"github.com/boundaries-dev/boundaries/internal/rule"
)

// valuePackages are those of the standard library that only compute; with a
// slash at its end, a name stands for all below it too.
const valuePackages = `errors fmt strings strconv slices maps cmp iter math math/bits unicode unicode/utf8
	bytes sort time encoding/json encoding/base64 encoding/hex net/netip unique hash/`

// effective are the functions of those packages that do more than compute: they
// look at the clock, wait, read or write.
const effective = `time.Now time.Sleep time.After time.Since time.Until time.AfterFunc time.NewTimer time.NewTicker time.Tick
	time.LoadLocation
	fmt.Print fmt.Printf fmt.Println fmt.Scan fmt.Scanf fmt.Scanln fmt.Fscan fmt.Fscanf fmt.Fscanln
	fmt.Fprint fmt.Fprintf fmt.Fprintln`

// A purity knows what a package of contracts may use.
type purity struct {
	here      *survey.Site
	packages  map[string]bool
	effective map[string]bool
}

func newPurity(here *survey.Site) purity {
	p := purity{here, frozen.ValuePackages(here.Config().Contracts), words(effective)}
	for path := range words(valuePackages) {
		p.packages[path] = true
	}
	return p
}

func words(text string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(text) {
		m[w] = true
	}
	return m
}

// allows reports whether contracts may import a package.
func (p purity) allows(path string) bool {
	path, _, _ = strings.Cut(path, " [")
	if p.packages[path] || path == "hash" || strings.HasPrefix(path, "hash/") {
		return true
	}
	for _, pattern := range p.here.Config().Contracts.Imports {
		if pattern.Match(path) {
			return true
		}
	}
	return p.here.Law.Locate(path, p.here.Place.Dir).Is(policy.Contracts)
}

func (r *room) imports() {
	for _, spec := range r.file.Imports {
		path, err := strconv.Unquote(spec.Path.Value)
		if err != nil || r.pure.allows(path) {
			continue
		}
		if path == "unsafe" && spec.Name != nil && spec.Name.Name == "_" && ast.IsGenerated(r.file) && !r.generated {
			path = "C" // in the words of the person: cgo has made that of it
		}
		r.report(rule.ImpureContract, spec, fmt.Sprintf(
			"contracts import %s, which is neither a value package nor contracts; move what needs it to the facade, or add it to [contracts].imports", path))
	}
}

// effects reports what a function, or the value of a variable, does beyond
// computing a result.
func (r *room) effects(decl ast.Decl) {
	if fn, ok := decl.(*ast.FuncDecl); ok && fn.Recv == nil && fn.Name.Name == "init" {
		r.impure(fn.Name, "init runs when the program starts", "let the facade do it")
	}
	ast.Inspect(decl, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.GoStmt:
			r.impure(n, "a goroutine is started", "let the facade do it")
		case *ast.SendStmt:
			r.impure(n, "a channel is sent to", "let the facade do it")
		case *ast.SelectStmt:
			r.impure(header(n.Pos(), "select"), "channels are waited for", "let the facade do it")
		case *ast.UnaryExpr:
			switch n.Op {
			case token.ARROW:
				r.impure(n, "a channel is received from", "let the facade do it")
			case token.AND:
				r.addressed(n)
			}
		case *ast.RangeStmt:
			if t := r.typeOf(n.X); t != nil && isChan(t) {
				r.impure(n.X, "a channel is received from", "let the facade do it")
			}
			r.global(n.Key, n.Tok)
			r.global(n.Value, n.Tok)
		case *ast.AssignStmt:
			for _, lhs := range n.Lhs {
				r.global(lhs, n.Tok)
			}
		case *ast.IncDecStmt:
			r.global(n.X, n.Tok)
		case *ast.CallExpr:
			r.call(n)
		}
		return true
	})
}

func (r *room) impure(at ast.Node, what, instead string) {
	r.report(rule.ImpureContract, at, what+", but contracts only carry data; "+instead)
}

// span is a range of the text that is no node.
type span struct{ pos, end token.Pos }

func (s span) Pos() token.Pos { return s.pos }
func (s span) End() token.Pos { return s.end }

func header(pos token.Pos, word string) ast.Node { return span{pos, pos + token.Pos(len(word))} }

func isChan(t types.Type) bool {
	_, ok := t.Underlying().(*types.Chan)
	return ok
}

// global reports a write to a package variable, or to what lies behind one.
func (r *room) global(lhs ast.Expr, tok token.Token) {
	if lhs == nil || tok == token.DEFINE {
		return
	}
	if v := r.globalAt(lhs); v != nil {
		r.impure(lhs, "the package variable "+v.Name()+" is written", "return a value instead")
	}
}

// addressed reports that the address of a package variable, or of a part of
// one, is taken: whoever has it can write there.
func (r *room) addressed(e *ast.UnaryExpr) {
	if v := r.globalAt(e.X); v != nil {
		r.impure(e, "the address of the package variable "+v.Name()+" is taken", "return a value instead")
	}
}

// globalAt returns the package variable at the bottom of an expression.
func (r *room) globalAt(e ast.Expr) *types.Var {
	for {
		switch x := e.(type) {
		case *ast.ParenExpr:
			e = x.X
		case *ast.StarExpr:
			e = x.X
		case *ast.IndexExpr:
			e = x.X
		case *ast.SliceExpr:
			e = x.X
		case *ast.SelectorExpr:
			if r.TypesInfo.Selections[x] == nil {
				e = x.Sel
				continue
			}
			e = x.X
		case *ast.Ident:
			v, ok := r.TypesInfo.Uses[x].(*types.Var)
			if ok && v.Pkg() != nil && v.Parent() == v.Pkg().Scope() {
				return v
			}
			return nil
		default:
			return nil
		}
	}
}

// call judges a call: to a function that only computes, of this package or of
// one that contracts may use. What a function that came in as a parameter
// does is for its caller to know.
func (r *room) call(e *ast.CallExpr) {
	switch fn := typeutil.Callee(r.TypesInfo, e).(type) {
	case *types.Builtin:
		r.builtin(fn.Name(), e)
	case *types.Func:
		if what := r.doesMore(fn, e); what != "" {
			r.impure(e.Fun, "a call of "+what+" does more than compute", "let the facade call it")
		}
	}
}

func (r *room) builtin(name string, e *ast.CallExpr) {
	switch {
	case len(e.Args) == 0:
	case name == "close":
		r.impure(e, "a channel is closed", "let the facade do it")
	case name == "make" && r.typeOf(e.Args[0]) != nil && isChan(r.typeOf(e.Args[0])):
		r.impure(e, "a channel is made", "let the facade do it")
	case name == "delete" || name == "clear" || name == "copy":
		r.global(e.Args[0], token.ASSIGN)
	case name == "print" || name == "println":
		r.impure(e, "a call of "+name+" does more than compute", "let the facade call it")
	}
}

// doesMore names a function if calling it has an effect, or may have one.
func (r *room) doesMore(fn *types.Func, e *ast.CallExpr) string {
	if fn.Pkg() == nil || fn.Pkg() == r.Pkg {
		return ""
	}
	name := r.callee(e)
	switch {
	case r.pure.effective[name]:
		if strings.HasPrefix(name, "fmt.Fprint") && len(e.Args) > 0 && r.buffers(e.Args[0]) {
			return ""
		}
		return name
	case r.pure.allows(fn.Pkg().Path()):
		return ""
	}
	// A method counts for the type it is called on: hash.Hash has that of
	// io.Writer.
	if sel, ok := ast.Unparen(e.Fun).(*ast.SelectorExpr); ok {
		if s := r.TypesInfo.Selections[sel]; s != nil {
			if pkg := packageOf(s.Recv()); pkg != nil && (pkg == r.Pkg || r.pure.allows(pkg.Path())) {
				return ""
			}
		}
	}
	return name
}

// buffers reports whether writing to something only builds a string, or is
// what a Formatter is asked to do.
func (r *room) buffers(e ast.Expr) bool {
	t := r.typeOf(e)
	if t == nil {
		return false
	}
	switch types.TypeString(types.Unalias(t), nil) {
	case "*strings.Builder", "*bytes.Buffer", "fmt.State":
		return true
	}
	return false
}

func packageOf(t types.Type) *types.Package {
	t = types.Unalias(t)
	if p, ok := t.(*types.Pointer); ok {
		t = types.Unalias(p.Elem())
	}
	if named, ok := t.(*types.Named); ok {
		return named.Obj().Pkg()
	}
	return nil
}

// callee names the function that a call calls, as one would write it.
func (r *room) callee(e *ast.CallExpr) string {
	fn, ok := typeutil.Callee(r.TypesInfo, e).(*types.Func)
	if !ok || fn.Pkg() == nil {
		return ""
	}
	if recv := fn.Signature().Recv(); recv != nil {
		return strings.TrimPrefix(types.TypeString(recv.Type(), (*types.Package).Name), "*") + "." + fn.Name()
	}
	return fn.Pkg().Path() + "." + fn.Name()
}

// limits holds a function to the limits of length and complexity. What writes
// or reads a format may be longer.
func (r *room) limits(fn *ast.FuncDecl) {
	if fn.Body == nil {
		return
	}
	c, factor := r.here.Config().Contracts, 1
	if codec(fn.Name.Name) {
		factor = codecFactor
	}
	statements, complexity := measure(fn.Body)
	switch {
	case statements > c.MaxStatements*factor:
		r.report(rule.ImpureContract, fn.Name, fmt.Sprintf(
			"%s has %d statements where contracts may have %d; move the logic behind the facade", fn.Name.Name, statements, c.MaxStatements*factor))
	case complexity > c.MaxComplexity*factor:
		r.report(rule.ImpureContract, fn.Name, fmt.Sprintf(
			"%s has a complexity of %d where contracts may have %d; move the logic behind the facade", fn.Name.Name, complexity, c.MaxComplexity*factor))
	}
}

// codecFactor is how much longer a codec may be than another function.
const codecFactor = 3

// codec reports whether a function of that name turns a value into a format or
// back.
func codec(name string) bool {
	for _, prefix := range []string{"Marshal", "Unmarshal", "Encode", "Decode", "Append"} {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	switch name {
	case "Scan", "Value", "GobEncode", "GobDecode":
		return true
	}
	return false
}

// measure counts the statements of a body, and the ways through it.
func measure(body *ast.BlockStmt) (statements, complexity int) {
	complexity = 1
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BlockStmt, *ast.EmptyStmt, *ast.LabeledStmt:
		case *ast.CaseClause:
			if n.List != nil {
				complexity++
			}
		case *ast.CommClause:
			if n.Comm != nil {
				complexity++
			}
		case *ast.IfStmt, *ast.ForStmt, *ast.RangeStmt:
			complexity++
			statements++
		case *ast.BinaryExpr:
			if n.Op == token.LAND || n.Op == token.LOR {
				complexity++
			}
		case ast.Stmt:
			statements++
		}
		return true
	})
	return statements, complexity
}
