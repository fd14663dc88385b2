package config

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"slices"

	"github.com/pelletier/go-toml/v2"
)

// maxFile bounds the settings file, in bytes: more is not a settings file.
const maxFile = 1 << 20

// fileValues is what the settings file says.
type fileValues struct {
	values Values
	keys   map[string][]string
}

// readFile finds and reads the settings file. One that was asked for must be there; the usual one may be missing.
func (l *loader) readFile() error {
	row := rows[slices.IndexFunc(rows, func(r Setting) bool { return r.Name == "config" })]
	name, from := l.strongest(row)
	if from == SourceDefault {
		name = l.usualConfig()
	}
	if name == "" {
		return nil
	}
	name, err := l.absolute(name)
	if err != nil {
		return err
	}
	l.settings.Config = name
	raw, err := readBounded(name)
	switch {
	case errors.Is(err, fs.ErrNotExist) && from == SourceDefault:
		return nil
	case err != nil:
		return fmt.Errorf("the settings file %s cannot be read: %s", name, reason(err))
	}
	return l.parse(name, raw)
}

func readBounded(name string) ([]byte, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() || info.Size() > maxFile {
		return nil, errors.New("it is not a small plain file")
	}
	return os.ReadFile(name)
}

// parse takes the file's values; what it does not know it leaves aside with a warning, so that a newer file still works.
func (l *loader) parse(name string, raw []byte) error {
	var all map[string]any
	if err := toml.Unmarshal(raw, &all); err != nil {
		return syntaxError(name, err)
	}
	l.file = fileValues{values: Values{}, keys: map[string][]string{}}
	for _, key := range slices.Sorted(maps.Keys(all)) {
		if err := l.take(name, key, all[key]); err != nil {
			return err
		}
	}
	return nil
}

func (l *loader) take(name, key string, value any) error {
	if key == "keys" {
		return l.takeKeys(name, value)
	}
	known := slices.ContainsFunc(rows, func(r Setting) bool { return r.Name == key && key != "config" })
	if !known {
		l.warnings = append(l.warnings, Warning(fmt.Sprintf("The settings file %s sets %q, which is not known here.", name, key)))
		return nil
	}
	s, ok := value.(string)
	if !ok {
		return fmt.Errorf("in the settings file %s, %s must be a text in quotes", name, key)
	}
	l.file.values[key] = s
	return nil
}

// takeKeys reads [keys]: an action's name, and the key or keys bound to it.
func (l *loader) takeKeys(name string, value any) error {
	table, ok := value.(map[string]any)
	if !ok {
		return fmt.Errorf("in the settings file %s, keys must be a table: [keys], then lines such as star = \"*\"", name)
	}
	for action, bound := range table {
		switch bound := bound.(type) {
		case string:
			l.file.keys[action] = []string{bound}
		case []any:
			keys, ok := texts(bound)
			if !ok {
				return fmt.Errorf("in the settings file %s, the keys of %q must be texts in quotes", name, action)
			}
			l.file.keys[action] = keys
		default:
			return fmt.Errorf("in the settings file %s, the keys of %q must be texts in quotes", name, action)
		}
	}
	return nil
}

func texts(values []any) ([]string, bool) {
	out := make([]string, 0, len(values))
	for _, v := range values {
		s, ok := v.(string)
		if !ok {
			return nil, false
		}
		out = append(out, s)
	}
	return out, true
}

func syntaxError(name string, err error) error {
	var at *toml.DecodeError
	if errors.As(err, &at) {
		line, _ := at.Position()
		return fmt.Errorf("the settings file %s cannot be read at line %d: %w", name, line, at)
	}
	return fmt.Errorf("the settings file %s cannot be read: %w", name, err)
}

// reason is the short part of a file error, without the operation and the name that the sentence has already.
func reason(err error) string {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err.Error()
	}
	return err.Error()
}
