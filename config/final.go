package config

import (
	"errors"
	"fmt"
	"maps"
	"slices"
)

// setFinal reads [final]: the model that finals are made on.
func (l *loader) setFinal(name string, value any) {
	table, ok := value.(map[string]any)
	if !ok {
		l.addFileError(fmt.Errorf("in the settings file %s, final must be a table: [final], then model = \"owner/name\"", name))
		return
	}
	for _, key := range slices.Sorted(maps.Keys(table)) {
		text, isText := table[key].(string)
		switch {
		case key != "model":
			l.addFileError(l.errorAt(name, "final", key, errors.New("it is not known here; there is model")))
		case !isText:
			l.addFileError(l.errorAt(name, "final", key, errors.New("it must be a text in quotes")))
		default:
			id, err := l.modelID(text)
			if err != nil {
				l.addFileError(l.errorAt(name, "final", key, err))
				continue
			}
			l.settings.FinalModel = id
		}
	}
}

// modelID returns the owner/name of a model, or why there is none of that name.
func (l *loader) modelID(name string) (string, error) {
	if l.known.ModelID == nil {
		return name, nil
	}
	return l.known.ModelID(name)
}
