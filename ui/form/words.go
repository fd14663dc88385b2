package form

import (
	"slices"

	"tintype/api/model"
	"tintype/ui/params"
)

// inWords returns a model whose parameters are named as the form names them, so that its sentences about an input do too. It is for
// sentences alone; the input is named alike by inputInWords.
func inWords(m model.Model) model.Model {
	m.Parameters = slices.Clone(m.Parameters)
	for i, p := range m.Parameters {
		m.Parameters[i].Name = params.Label(p.Name)
		m.Parameters[i].DependsOn = slices.Clone(p.DependsOn)
		for j, d := range p.DependsOn {
			m.Parameters[i].DependsOn[j].On = params.Label(d.On)
		}
	}
	return m
}

// inputInWords returns an input with its values named as the form names them.
func inputInWords(input map[string]any) map[string]any {
	named := make(map[string]any, len(input))
	for name, v := range input {
		named[params.Label(name)] = v
	}
	return named
}
