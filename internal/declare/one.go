package declare

import (
	"github.com/boundaries-dev/boundaries/internal/check"
	"github.com/boundaries-dev/boundaries/internal/config"
	"github.com/boundaries-dev/boundaries/internal/pattern"
	"github.com/boundaries-dev/boundaries/internal/policy"
)

// One returns the configuration files after one dependency was declared and
// nothing else was changed. sources are the files the law of m was read from.
func One(m *check.Memory, sources map[string][]byte, need check.Need) (map[string][]byte, error) {
	if _, err := pattern.Compile(need.To); err != nil {
		return nil, err
	}
	c := m.Law().Config
	r := &round{config: c, editor: config.Edit(c, sources), modules: m.Modules(), used: m.Used(), declared: map[*config.Module]bool{}}
	r.needs = map[*policy.Module][]string{need.From: {need.To}}
	if err := r.entries(true); err != nil {
		return nil, err
	}
	return r.editor.Bytes(), nil
}
