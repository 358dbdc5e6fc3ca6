package policy

import (
	"slices"

	"github.com/boundaries-dev/boundaries/internal/config"
)

// API returns what of a package belongs to the API of its module: what is on
// the surface for anybody, and the roles that always count. An open module
// has no API.
func (l *Law) API(p Place) View {
	if !l.OnSurface(p) {
		return View{}
	}
	m := p.Module
	if m.Product {
		if p.Is(Facade) || p.Is(Contracts) || p.Is(FacadeTest) || m.Interfaces == nil && p.Role.Exposed != config.ExposedNo {
			return View{All: true}
		}
	}
	surface := slices.Clone(m.Interfaces)
	for _, i := range m.shared {
		surface = append(surface, i.Expose...)
	}
	return project(surface, p.Sub)
}
