package standing

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"github.com/boundaries-dev/boundaries/internal/report"
	"github.com/boundaries-dev/boundaries/internal/rule"
)

// A criterion is one thing that keeps a product apart, how much it counts and
// to which part it is fulfilled. A step says what to do if it is not wholly.
type criterion struct {
	weight    float64
	fulfilled float64
	step      string
}

// score says how well a product is kept apart, from 0 to 100, and what would
// help most. What the baseline knows and comments ignore counts as well: it
// is agreed to, not gone. What was not looked at does not count.
func (p *Product) score(r *Report) {
	criteria := []criterion{p.hasFacade(), p.seenOnlyThroughSurface(), p.seesOnlySurfaces(), p.declaresDependencies(), p.inNoLoop(r.Cycles)}
	if !r.Partial {
		criteria = append(criteria, p.leaksNothing(), p.keepsContracts())
	}
	var sum, most float64
	for _, c := range criteria {
		sum += c.weight * c.fulfilled
		most += c.weight
	}
	isolation := int(100 * sum / most)
	p.Isolation = &isolation
	slices.SortStableFunc(criteria, func(a, b criterion) int {
		return cmp.Compare(b.weight*(1-b.fulfilled), a.weight*(1-a.fulfilled))
	})
	for _, c := range criteria {
		if c.fulfilled < 1 {
			p.Steps = append(p.Steps, c.step)
		}
	}
}

func (p *Product) hasFacade() criterion {
	c := criterion{weight: 10, fulfilled: 1}
	if !p.facade {
		c.fulfilled = 0
		c.step = "It has no facade: write one, with what others need of it."
	}
	return c
}

func (p *Product) seenOnlyThroughSurface() criterion {
	c := criterion{weight: 35, fulfilled: part(len(p.behind), p.in)}
	from, n := mostly(p.behind, func(f finding) string { return f.Module })
	theirs := slices.DeleteFunc(slices.Clone(p.behind), func(f finding) bool { return f.Module != from })
	if first := example(theirs); first != nil {
		c.step = fmt.Sprintf("%s behind its surface, %sfrom %s: begin at %s:%d, which imports %s.",
			reach(len(p.behind)), most(n, len(p.behind)), from, first.File, first.Line, first.Target)
	}
	return c
}

func reach(n int) string {
	if n == 1 {
		return "1 import reaches"
	}
	return fmt.Sprintf("%d imports reach", n)
}

// most says how many of a number, if that is not clear.
func most(n, of int) string {
	switch {
	case of == 1:
		return ""
	case n == of:
		return "all "
	}
	return fmt.Sprintf("%d of them ", n)
}

func (p *Product) seesOnlySurfaces() criterion {
	reaching := p.of(rule.PrivateImport)
	c := criterion{weight: 15, fulfilled: part(len(reaching), p.out)}
	if first := example(reaching); first != nil {
		c.step = fmt.Sprintf("It reaches behind the surface of others %s: at %s:%d, %s.", times(len(reaching)), first.File, first.Line, cmp.Or(first.Help, first.Message))
	}
	return c
}

func (p *Product) declaresDependencies() criterion {
	wrong := p.of(rule.UndeclaredDependency, rule.ForbiddenDependency, rule.LayerViolation, rule.DeprecatedDependency)
	c := criterion{weight: 10, fulfilled: half(len(wrong))}
	switch first := example(wrong); {
	case p.module.DependsOn == nil && p.out > 0:
		c.fulfilled = 0
		c.step = "It may depend on any module: give it depends_on; boundaries sync --declare writes what there is."
	case first != nil:
		c.step = fmt.Sprintf("It depends on what it should not %s: at %s:%d, %s.", times(len(wrong)), first.File, first.Line, cmp.Or(first.Help, first.Message))
	}
	return c
}

func (p *Product) inNoLoop(cycles [][]string) criterion {
	c := criterion{weight: 10, fulfilled: 1}
	for _, loop := range cycles {
		if slices.Contains(loop, p.Path) {
			c.fulfilled = 0
			c.step = fmt.Sprintf("It is part of a loop of %d modules: boundaries why %s %s shows the chain back.", len(loop), other(loop, p.Path), p.Path)
		}
	}
	return c
}

// other returns a module of a loop that is not the one given.
func other(loop []string, path string) string {
	i := slices.IndexFunc(loop, func(m string) bool { return m != path })
	return loop[i]
}

func (p *Product) leaksNothing() criterion {
	leaks := p.of(rule.ORMLeak, rule.ORMValueLeak, rule.DynamicORMLeak, rule.InternalLeak, rule.CrossRelation)
	c := criterion{weight: 15, fulfilled: half(len(leaks))}
	if first := example(leaks); first != nil {
		c.step = fmt.Sprintf("Its facade hands out what is inside %s: begin at %s:%d, where %s.", times(len(leaks)), first.File, first.Line, report.Title(first.Message))
	}
	return c
}

func (p *Product) keepsContracts() criterion {
	broken := p.of(rule.MutableContract, rule.ImpureContract, rule.ContractWrite)
	c := criterion{weight: 5, fulfilled: half(len(broken))}
	if first := example(broken); first != nil {
		c.step = fmt.Sprintf("Contracts can change under those who hold them %s: begin at %s:%d, where %s.", times(len(broken)), first.File, first.Line, report.Title(first.Message))
	}
	return c
}

// of returns the findings of some rules.
func (p *Product) of(rules ...string) []finding {
	var found []finding
	for _, f := range p.found {
		if slices.Contains(rules, f.Rule) {
			found = append(found, f)
		}
	}
	return found
}

// part is how much is left of a whole without what is bad.
func part(bad, all int) float64 {
	if bad == 0 {
		return 1
	}
	return max(0, 1-float64(bad)/float64(max(all, bad)))
}

// half is one without anything bad, half with one, a third with two: the
// first to go is worth the most.
func half(bad int) float64 { return 1 / float64(1+bad) }

// example returns the finding to begin with: the first, in what nobody has
// agreed to live with if there is something.
func example(found []finding) *finding {
	var first *finding
	for i := range found {
		f := &found[i]
		open := f.status == string(rule.Error) || f.status == string(rule.Warn)
		if first == nil || open && first.status != string(rule.Error) && first.status != string(rule.Warn) {
			first = f
		}
	}
	return first
}

// mostly returns the word that most findings have in common, and how many.
func mostly(found []finding, of func(finding) string) (word string, n int) {
	counts := map[string]int{}
	for _, f := range found {
		counts[of(f)]++
	}
	for _, w := range slices.Sorted(maps.Keys(counts)) {
		if counts[w] > n {
			word, n = w, counts[w]
		}
	}
	return word, n
}

func times(n int) string {
	switch n {
	case 1:
		return "once"
	case 2:
		return "twice"
	}
	return fmt.Sprintf("%d times", n)
}
