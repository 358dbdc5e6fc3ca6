package config

import "github.com/boundaries-dev/boundaries/internal/rule"

// Keys returns the keys that a table may have, sorted: that of a file, "" in
// FileName or the name of ProductFile, or a section of FileName such as
// "modules", "interfaces" or "roles", which is that of each role. It is nil
// for what is no table.
func Keys(section string) []string {
	if section == "rules" {
		return configurable()
	}
	return keysByTable()[map[string]string{
		"":           FileName,
		ProductFile:  ProductFile,
		"modules":    "[[modules]]",
		"interfaces": "[[interfaces]]",
		"roles":      "[roles.]",
		"external":   "[[external]]",
		"orm":        "[orm]",
		"contracts":  "[contracts]",
		"facade":     "[facade]",
		"depends_on": "a depends_on entry",
		"layers":     "a layer",
	}[section]]
}

// keysByTable lets the decoder look at an empty table of each kind and tell
// what it would have read.
func keysByTable() map[string][]string {
	d := &decoder{keys: map[string][]string{}}
	empty := &node{value: newTable(Pos{})}
	one := &node{value: []*node{empty}}
	root := newTable(Pos{})
	for name, n := range map[string]*node{
		"layers": one, "modules": one, "interfaces": one, "external": one,
		"orm": empty, "contracts": empty, "facade": empty,
	} {
		root.put(key{name: name}, n)
	}
	d.root(root, &Config{})
	d.role(key{}, newTable(Pos{}), &Config{})
	d.dependency(empty, &Module{})
	d.table(newTable(Pos{}), ProductFile, d.moduleFields(&Module{}))
	return d.keys
}

func configurable() []string {
	var names []string
	for _, r := range rule.All() {
		if !r.Fixed {
			names = append(names, r.Name)
		}
	}
	return names
}

// Words returns the words that a key of a section takes, if it takes only
// some, or the built-in ones that it knows.
func Words(section, key string) []string {
	switch {
	case section == "rules":
		return rule.Severities
	case key == "root_module":
		return rootModes
	case key == "frozen", key == "level":
		return levels
	case key == "presets":
		return Presets
	case key == "models_package":
		return modelsPackages
	case section == "roles" && key == "exposed":
		return []string{string(ExposedTests), string(ExposedRoot)}
	}
	return nil
}
