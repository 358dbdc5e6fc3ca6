package check

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestBuildFailures(t *testing.T) {
	for _, test := range []struct {
		name, said string
		want       []buildFailure
	}{
		{"nothing", "", nil},
		{"no header", "go: no such tool\nexit status 1\n", nil},
		{"a place in Go code", "# example.com/a\nvet: ./a.go:1:2: undefined: x\n# example.com/b\nb.go:1: bad\n\tmore\n", nil},
		{"a place below another header", "# example.com/a\n# [example.com/a]\nvet: ./a.go:1:2: undefined: x\n", nil},
		{"only a header", "# example.com/a\n# example.com/b\n", nil},
		{"no place", "go: downloading x\r\n# example.com/b [example.com/b.test]\r\ncc: not there\r\n# example.com/a\na.s:1: bad\nasm: failed\n",
			[]buildFailure{{"example.com/a", "a.s:1: bad\nasm: failed\n\n"}, {"example.com/b", "cc: not there\r\n"}}},
		{"a command", "# example.com/a\n# [pkg-config --cflags -- x]\nno x\n", []buildFailure{{"example.com/a", "\nno x\n\n"}}},
		{"twice", "# a\nx\n# a\nx\n# end\n", []buildFailure{{"a", "x\n"}}},
	} {
		if diff := cmp.Diff(test.want, buildFailures(test.said), cmp.AllowUnexported(buildFailure{})); diff != "" && len(test.want)+len(buildFailures(test.said)) > 0 {
			t.Errorf("%s (-want +got)\n%s", test.name, diff)
		}
	}
}

func TestLoop(t *testing.T) {
	for _, test := range []struct{ stack, want []string }{
		{[]string{"b", "c", "a", "b"}, []string{"a", "b", "c", "a"}},
		{[]string{"x", "b [x.test]", "a", "b [x.test]"}, []string{"a", "b", "a"}},
		{[]string{"a", "a"}, []string{"a", "a"}},
		{[]string{"a", "b"}, nil},
		{[]string{"a"}, nil},
		{nil, nil},
	} {
		if diff := cmp.Diff(test.want, (&loadError{Err: "import cycle not allowed", ImportStack: test.stack}).loop()); diff != "" {
			t.Errorf("%q (-want +got)\n%s", test.stack, diff)
		}
	}
}
