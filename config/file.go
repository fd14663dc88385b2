package config

import (
	"bytes"
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

// A Damaged says what of the settings file cannot be used. Load returns it beside settings that are good for looking at what there
// is. Nothing should be bought with them: what cannot be read may have named another provider, or another folder.
type Damaged struct{ Parts []error } // in the order in which they were found; at least one

func (d *Damaged) Error() string {
	if more := len(d.Parts) - 1; more > 0 {
		return fmt.Sprintf("%s (and %d more)", d.Parts[0], more)
	}
	return d.Parts[0].Error()
}

// Unwrap gives the parts to errors.Is and errors.As.
func (d *Damaged) Unwrap() []error { return d.Parts }

func (l *loader) damaged(err error) { l.damage = append(l.damage, err) }

// readFile finds and reads the settings file. One that was asked for must be there and readable; the usual one may be missing, and
// what is wrong with it is damage.
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
	case err != nil && from != SourceDefault:
		return fmt.Errorf("the settings file %s cannot be read: %s", name, reason(err))
	case err != nil:
		l.damaged(fmt.Errorf("the settings file %s cannot be read: %s", name, reason(err)))
		return nil
	}
	l.parse(name, raw)
	return nil
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

// parse takes the file's values; what it does not know it leaves aside with a warning, so that a newer file still works. What
// is damaged costs itself alone.
func (l *loader) parse(name string, raw []byte) {
	l.file = fileValues{values: Values{}, keys: map[string][]string{}}
	all := l.parseLines(name, raw)
	for _, key := range slices.Sorted(maps.Keys(all)) {
		if err := l.take(name, key, all[key]); err != nil {
			l.damaged(err)
		}
	}
}

// maxBadLines is how many lines are left out, before a file counts as no settings file.
const maxBadLines = 20

// parseLines reads the file without the lines that cannot be read.
func (l *loader) parseLines(name string, raw []byte) map[string]any {
	lines := bytes.Split(raw, []byte("\n"))
	for range maxBadLines {
		var all map[string]any
		err := toml.Unmarshal(bytes.Join(lines, []byte("\n")), &all)
		if err == nil {
			return all
		}
		l.damaged(syntaxError(name, err))
		var at *toml.DecodeError
		if !errors.As(err, &at) {
			return nil
		}
		line, _ := at.Position()
		if line < 1 || line > len(lines) || len(lines[line-1]) == 0 {
			return nil
		}
		lines[line-1] = nil
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
