package survey

import (
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"
	"sync"

	"golang.org/x/tools/go/analysis"

	"github.com/boundaries-dev/boundaries/internal/config"
	"github.com/boundaries-dev/boundaries/internal/imports"
	"github.com/boundaries-dev/boundaries/internal/policy"
	"github.com/boundaries-dev/boundaries/internal/roots"
)

// Here is what drivers need that load the configuration themselves.

// Fixed returns a survey that always answers by one law. Its name carries the
// digest of the configuration, because the caches of golangci-lint and gopls
// key on the names of analyzers.
func Fixed(law *policy.Law) *analysis.Analyzer {
	return analyzer(digestName(law.Config.Digest), func(pass *analysis.Pass) *Site {
		return site(pass, law)
	})
}

// Loaded returns a survey that answers by what config.Load or config.Parse
// returned: by its law, or if there are problems, by those.
func Loaded(c *config.Config, problems []config.Problem, goModules []imports.GoModule) *analysis.Analyzer {
	if len(problems) == 0 {
		return Fixed(lawOf(c, goModules))
	}
	return analyzer(digestName(c.Digest), func(*analysis.Pass) *Site { return broken(problems) })
}

// Among returns a survey that answers by the roots at hand, each package by
// its own, for a driver that looks at many packages in one process. It reads no
// others: they are in no digest, so the driver would remember what they say
// after they have changed.
func Among(set *roots.Set) *analysis.Analyzer {
	h := sha256.New()
	set.WriteDigest(h)
	var mu sync.Mutex
	laws := map[string]*policy.Law{} // by file
	return analyzer(digestName(hex.EncodeToString(h.Sum(nil))), func(pass *analysis.Pass) *Site {
		var r *roots.Root
		for _, dir := range packageDirs(pass) {
			if r = set.Governing(dir); r != nil {
				break
			}
		}
		if r == nil {
			return notAtHand(pass)
		}
		if len(r.Problems) > 0 {
			return broken(r.Problems)
		}
		mu.Lock()
		law := laws[r.File]
		if law == nil {
			law = r.Law(r.Config)
			laws[r.File] = law
		}
		mu.Unlock()
		return site(pass, law)
	})
}

// FromBytes returns a survey for a sandbox without a file system of its own,
// such as Bazel's: the content of boundaries.toml, of product.toml files by
// the directory of their product, and for each Go module of the tree its path
// and its directory relative to the root (with slashes, "." for the root). If
// there is a boundaries.baseline.toml, its content comes last.
func FromBytes(boundariesTOML []byte, productTOML map[string][]byte, goModules map[string]string, baselineTOML ...[]byte) *analysis.Analyzer {
	c, problems := config.Parse(boundariesTOML, productTOML, baselineTOML...)
	var modules []imports.GoModule
	for _, path := range slices.Sorted(maps.Keys(goModules)) {
		modules = append(modules, imports.GoModule{Path: path, Dir: goModules[path]})
	}
	return Loaded(c, problems, modules)
}

// Unfiltered returns a survey that answers as s does, and under which ignore
// comments ignore nothing: the command applies them itself, because it also
// has to say which of them are unused.
func Unfiltered(s *analysis.Analyzer) *analysis.Analyzer {
	u := *s
	u.Name += "_unfiltered"
	u.Run = func(pass *analysis.Pass) (any, error) {
		result, err := s.Run(pass)
		if site, ok := result.(*Site); ok && site != nil {
			site.unfiltered = true
		}
		return result, err
	}
	return &u
}

// Substitute returns copies of the analyzers of a suite, in which another
// survey stands in for every one they require.
func Substitute(suite []*analysis.Analyzer, with *analysis.Analyzer) []*analysis.Analyzer {
	copies := map[*analysis.Analyzer]*analysis.Analyzer{}
	var replace func(list []*analysis.Analyzer) []*analysis.Analyzer
	replace = func(list []*analysis.Analyzer) []*analysis.Analyzer {
		var replaced []*analysis.Analyzer
		for _, a := range list {
			if a.ResultType == Analyzer.ResultType {
				replaced = append(replaced, with)
				continue
			}
			if copies[a] == nil {
				c := *a
				c.Requires = replace(a.Requires)
				copies[a] = &c
			}
			replaced = append(replaced, copies[a])
		}
		return replaced
	}
	return replace(suite)
}

func digestName(digest string) string { return "survey_" + digest[:min(16, len(digest))] }
