package ui

import (
	"encoding/json"
	"fmt"
	"strings"

	"tintype/api/model"
	"tintype/ui/params"
)

// inputName identifies a model and an input. Inputs have the same name if the provider makes the same of them: a default may be given or
// not, numbers may be written in several ways, and a prompt may have blanks around it. The settings send every default that they show,
// while the command line sends none.
func inputName(id string, input map[string]any) string {
	b, err := json.Marshal(input)
	if err != nil {
		return fmt.Sprint(id, input)
	}
	var plain map[string]any // the journal has numbers as JSON does
	if json.Unmarshal(b, &plain) == nil {
		b, _ = json.Marshal(withoutDefaults(model.Find(id), plain)) // it was JSON before; Marshal sorts the keys of maps
	}
	return id + string(b)
}

// withoutDefaults returns an input with each value written as its parameter does, without those that are the model's own.
func withoutDefaults(m model.Model, input map[string]any) map[string]any {
	rest := map[string]any{}
	for name, v := range input {
		p, known := m.Parameter(name)
		if known {
			v = p.Format(v)
		}
		if known && (v == "" || p.Default != nil && v == p.Format(p.Default)) || v == nil {
			continue
		}
		if text, ok := v.(string); ok && name == params.Prompt {
			v = strings.TrimSpace(text)
		}
		rest[name] = v
	}
	return rest
}
