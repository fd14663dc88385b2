package lab

import (
	"fmt"

	"tintype/api/model"
)

// measureOnce returns Measure for the plans of one spec: cells with the same images and the same model share what is read of them.
func (l *Lab) measureOnce() func(model.Model, map[string]any) model.Measure {
	if l.Measure == nil {
		return nil
	}
	known := map[string]model.Measure{}
	return func(m model.Model, input map[string]any) model.Measure {
		key := m.ID
		for _, p := range m.Parameters {
			if p.IsImage() && input[p.Name] != nil {
				key += fmt.Sprintf("\x00%s=%q", p.Name, input[p.Name])
			}
		}
		if known[key] == nil {
			known[key] = l.Measure(m, input)
		}
		return known[key]
	}
}
