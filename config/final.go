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
			l.settings.FinalModel = text
		}
	}
}
