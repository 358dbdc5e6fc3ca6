package policy

import (
	"fmt"

	"github.com/boundaries-dev/boundaries/internal/config"
)

// Reason says why an edge that Judge has nothing against is allowed, for
// people who ask.
func (l *Law) Reason(e Edge) string {
	from, to := e.From.Module, e.To.Module
	switch {
	case from != nil && from.Unchecked:
		return from.Name() + " is unchecked: its own imports are not judged"
	case !e.To.InTree:
		return l.externalReason(e)
	case from == to && from == nil:
		return "neither belongs to a module"
	case from == to && from.Product && !e.Test:
		return fmt.Sprintf("inside %s, and role %s may import role %s", from.Name(), e.From.Role.Name, e.To.Role.Name)
	case from == to:
		return "inside " + from.Name()
	}
	return l.dependencyReason(e) + l.surfaceReason(e)
}

func (l *Law) externalReason(e Edge) string {
	m := e.From.Module
	switch {
	case IsStd(e.To.Path):
		return "the standard library"
	case m == nil:
		return "what belongs to no module may import any package from outside"
	case m.DependsOnExternal == nil:
		return m.Name() + " has no depends_on_external and may import any package from outside"
	}
	if p := findExternal(m.DependsOnExternal, e.To.Path); p != nil {
		return fmt.Sprintf("depends_on_external of %s has %q (%s)", m.Name(), p, p.Pos)
	}
	return "depends_on_external allows it"
}

func (l *Law) dependencyReason(e Edge) string {
	from, to := e.From.Module, e.To.Module
	switch {
	case from == nil:
		return "the importer belongs to no module"
	case to == nil:
		return fmt.Sprintf("the target belongs to no module, and root_module = %q", l.Config.RootModule)
	case e.Test:
		return "a test need not declare what it uses"
	}
	if lower, _ := l.judgeLayers(from, to); lower {
		return fmt.Sprintf("layer %s lies above layer %s", from.Layer, to.Layer)
	}
	if to.Utility {
		return to.Name() + " is a utility"
	}
	if from.DependsOn == nil {
		return from.Name() + " has no depends_on and may depend on any module"
	}
	if needs := from.Needs(to); needs != nil {
		return fmt.Sprintf("depends_on of %s has %q (%s)", from.Name(), needs, needs.Pos)
	}
	return "allowed"
}

func (l *Law) surfaceReason(e Edge) string {
	switch m := e.To.Module; {
	case m == nil:
		return ""
	case !m.Guarded():
		return ", and " + m.Name() + " is open"
	case e.To.Role.Exposed == config.ExposedAll && m.byRole():
		return fmt.Sprintf(", and %s is its %s", l.Label(e.To), e.To.Role.Name)
	}
	return fmt.Sprintf(", and %s is on its surface", l.Label(e.To))
}
