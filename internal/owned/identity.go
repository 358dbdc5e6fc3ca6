package owned

import (
	"go/ast"
	"go/types"
	"strings"

	"golang.org/x/tools/go/types/typeutil"
)

// builtin returns the name of the predeclared function that a call calls.
func (f *function) builtin(e *ast.CallExpr) string {
	id, ok := ast.Unparen(e.Fun).(*ast.Ident)
	if !ok {
		return ""
	}
	if b, ok := f.info.Uses[id].(*types.Builtin); ok {
		return b.Name()
	}
	return ""
}

// iterated returns what an expression iterates over, and the step to what it
// yields, if it is a call of the standard library that makes an iterator.
func (f *function) iterated(e ast.Expr) (over ast.Expr, step string, ok bool) {
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	if !ok || len(call.Args) == 0 || !iterators[identity(f.info, call)] {
		return nil, "", false
	}
	t := f.info.TypeOf(call.Args[0])
	if t == nil {
		return nil, "", false
	}
	if _, isMap := core(t).(*types.Map); isMap {
		return call.Args[0], mapStep, true
	}
	return call.Args[0], sliceStep, true
}

// grows reports whether a call appends to its first argument.
func (f *function) grows(e *ast.CallExpr) bool {
	return len(e.Args) > 0 && (f.builtin(e) == "append" || growers[identity(f.info, e)])
}

// reads reports whether a call is of a method that fills its argument with
// what it reads, as that of io.Reader and io.ReaderAt does.
func (f *function) reads(e *ast.CallExpr) bool {
	fn, ok := typeutil.Callee(f.info, e).(*types.Func)
	if !ok || fn.Signature().Recv() == nil || fn.Name() != "Read" && fn.Name() != "ReadAt" || len(e.Args) == 0 {
		return false
	}
	s, ok := types.Unalias(fn.Signature().Params().At(0).Type()).(*types.Slice)
	return ok && types.Identical(s.Elem(), types.Typ[types.Byte]) && fn.Signature().Results().Len() == 2
}

// method returns the selector of a method call.
func method(e *ast.CallExpr) *ast.SelectorExpr {
	sel, _ := ast.Unparen(e.Fun).(*ast.SelectorExpr)
	return sel
}

// DecoderHook reports whether methods of a name fill their receiver from
// outside: they are called on values that are being made.
func DecoderHook(name string) bool {
	return name == "Scan" || name == "GobDecode" || strings.HasPrefix(name, "Unmarshal") || strings.HasPrefix(name, "Decode")
}

// identity names the function that a call calls: its package, its receiver if
// it has one, its name. The major version in a path is left out.
func identity(info *types.Info, e *ast.CallExpr) string {
	fn, ok := typeutil.Callee(info, e).(*types.Func)
	if !ok || fn.Pkg() == nil {
		return ""
	}
	name := fn.Name()
	if recv := fn.Signature().Recv(); recv != nil {
		t := types.Unalias(recv.Type())
		if p, ok := t.(*types.Pointer); ok {
			t = types.Unalias(p.Elem())
		}
		named, ok := t.(*types.Named)
		if !ok {
			return ""
		}
		name = named.Obj().Name() + "." + name
	}
	path, _, _ := strings.Cut(fn.Pkg().Path(), " [")
	return unversioned(path) + "." + name
}

// packageOf returns the package of an identity.
func packageOf(id string) string {
	slash := strings.LastIndexByte(id, '/')
	if dot := strings.IndexByte(id[slash+1:], '.'); dot >= 0 {
		return id[:slash+1+dot]
	}
	return id
}

// unversioned drops the element of an import path that is a major version.
func unversioned(path string) string {
	for _, sep := range []string{"/v", ".v"} {
		i := strings.LastIndex(path, sep)
		if i < 0 {
			continue
		}
		version, rest, _ := strings.Cut(path[i+2:], "/")
		if version != "" && strings.Trim(version, "0123456789") == "" {
			path = path[:i]
			if rest != "" {
				path += "/" + rest
			}
			return path
		}
	}
	return path
}

func (f *function) isConversion(e ast.Expr) bool {
	call, ok := e.(*ast.CallExpr)
	return ok && f.conversion(call) != nil
}
