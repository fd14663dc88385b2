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
// is. Nothing should be bought with them, and nobody be sent a key: what cannot be read may have named another provider, another
// address or another folder.
type FileError struct{ Errors []error } // in the order in which they were found; at least one

func (d *FileError) Error() string {
	if more := len(d.Errors) - 1; more > 0 {
		return fmt.Sprintf("%s (and %d more)", d.Errors[0], more)
	}
	return d.Errors[0].Error()
}

// Unwrap gives the parts to errors.Is and errors.As.
func (d *FileError) Unwrap() []error { return d.Errors }

func (l *loader) damaged(err error) { l.damage = append(l.damage, err) }

// readFile finds and reads the settings file. One that a flag names must be there and readable; the usual one may be missing; all
// else that is wrong with it is damage.
func (l *loader) readFile() error {
	name, from := l.strongest(rowOf("config"))
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
	if err == nil {
		l.parse(name, raw)
		return nil
	}
	if errors.Is(err, fs.ErrNotExist) && from == SourceDefault {
		return nil
	}
	err = fmt.Errorf("the settings file %s cannot be read: %s", name, reason(err))
	if from.level() == levelFlag {
		return err
	}
	l.damaged(err)
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
		l.take(name, key, all[key])
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

// take takes one line of the file.
func (l *loader) take(name, key string, value any) {
	if key == "keys" {
		l.takeKeys(name, value)
		return
	}
	known := slices.ContainsFunc(rows, func(r Setting) bool { return r.Name == key && key != "config" })
	s, isText := value.(string)
	switch {
	case !known:
		l.warnings = append(l.warnings, Warning(fmt.Sprintf("The settings file %s sets %q, which is not known here.", name, key)))
	case !isText:
		l.damaged(fmt.Errorf("in the settings file %s, %s must be a text in quotes", name, key))
	default:
		l.file.values[key] = s
	}
}

// takeKeys reads [keys]: an action's name, and the key or keys bound to it.
func (l *loader) takeKeys(name string, value any) {
	table, ok := value.(map[string]any)
	if !ok {
		l.damaged(fmt.Errorf("in the settings file %s, keys must be a table: [keys], then lines such as star = \"*\"", name))
		return
	}
	for _, action := range slices.Sorted(maps.Keys(table)) {
		bound, ok := texts(table[action])
		if !ok {
			l.damaged(fmt.Errorf("in the settings file %s, the keys of %q must be texts in quotes", name, action))
			continue
		}
		l.file.keys[action] = bound
	}
}

// texts reads a text, or a list of them.
func texts(value any) ([]string, bool) {
	if s, ok := value.(string); ok {
		return []string{s}, true
	}
	values, ok := value.([]any)
	if !ok {
		return nil, false
	}
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
