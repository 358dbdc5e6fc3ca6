package lsp

import (
	"cmp"
	"slices"
	"strings"
	"testing"
)

func TestRedirect(t *testing.T) {
	from, to := target{"m/users/models", "models"}, target{"m/users/facade", "facade"}
	for name, story := range map[string]struct{ src, want string }{
		"uses": {
			"package p\n\nimport \"m/users/models\"\n\nvar x models.User\n\nfunc f(m models.User) { m.models.F(); models.G(models.H) }\n",
			"package p\n\nimport \"m/users/facade\"\n\nvar x facade.User\n\nfunc f(m facade.User) { m.models.F(); facade.G(facade.H) }\n",
		},
		"shadowed": {
			"package p\n\nimport \"m/users/models\"\n\nfunc f() { models.G(); models := 1; _ = models.x }\n",
			"package p\n\nimport \"m/users/facade\"\n\nfunc f() { facade.G(); models := 1; _ = models.x }\n",
		},
		"taken": {
			"package p\n\nimport \"m/users/models\"\n\nfunc f(facade int) { models.G(facade) }\n",
			"package p\n\nimport models \"m/users/facade\"\n\nfunc f(facade int) { models.G(facade) }\n",
		},
		"taken by an import": {
			"package p\n\nimport (\n\t\"m/bills/facade\"\n\t\"m/users/models\"\n)\n\nvar x = facade.A(models.B)\n",
			"package p\n\nimport (\n\t\"m/bills/facade\"\n\tmodels \"m/users/facade\"\n)\n\nvar x = facade.A(models.B)\n",
		},
		"named": {
			"package p\n\nimport um \"m/users/models\"\n\nvar x um.User\n",
			"package p\n\nimport um \"m/users/facade\"\n\nvar x um.User\n",
		},
		"imported already": {
			"package p\n\nimport (\n\t\"fmt\"\n\tuf \"m/users/facade\"\n\t\"m/users/models\" // for User\n)\n\nvar x = fmt.Sprint(uf.A, models.B)\n",
			"package p\n\nimport (\n\t\"fmt\"\n\tuf \"m/users/facade\"\n)\n\nvar x = fmt.Sprint(uf.A, uf.B)\n",
		},
		"alone on a line": {
			"package p\n\nimport \"m/users/models\"\nimport \"m/users/facade\"\n\nvar x = facade.A(models.B)\n",
			"package p\n\nimport \"m/users/facade\"\n\nvar x = facade.A(facade.B)\n",
		},
		"broken": {
			"package p\n\nimport \"m/users/models\"\n\nfunc f( { models.G() }\n",
			"package p\n\nimport \"m/users/facade\"\n\nfunc f( { models.G() }\n",
		},
	} {
		t.Run(name, func(t *testing.T) {
			start := strings.Index(story.src, from.path)
			patches := redirect(story.src, span{start, start + len(from.path)}, from, to)
			slices.SortFunc(patches, func(a, b patch) int { return cmp.Compare(b.start, a.start) })
			got := story.src
			for _, p := range patches {
				got = got[:p.start] + p.text + got[p.end:]
			}
			if got != story.want {
				t.Errorf("got\n%s\nwant\n%s", got, story.want)
			}
		})
	}
}
