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

// maxFileSize bounds the settings file, in bytes.
const maxFileSize = 1 << 20

// fileValues are the contents of the settings file.
type fileValues struct {
	values    Values
	keys      map[string][]string
	wildcards []string
}

// FileError reports what of the settings file cannot be used. Load returns it with settings that are good enough to
// look at the history. Nothing may be bought and no key sent with them: the unreadable part may have named another
// provider, address or folder.
type FileError struct{ Errors []error } // at least one, in the order in which they were found

func (d *FileError) Error() string {
	if more := len(d.Errors) - 1; more > 0 {
		return fmt.Sprintf("%s (and %d more)", d.Errors[0], more)
	}
	return d.Errors[0].Error()
}

// Unwrap returns Errors, for errors.Is and errors.As.
func (d *FileError) Unwrap() []error { return d.Errors }

func (l *loader) addFileError(err error) { l.fileErrors = append(l.fileErrors, err) }

// readFile finds and reads the settings file. A file that a flag names must be readable, and the default one may be
// missing; everything else is a file error.
func (l *loader) readFile() error {
	name, from := l.lookUp(findSetting("config"))
	if from == SourceDefault {
		name = l.defaultConfig()
	}
	if name == "" {
		return nil
	}
	name, err := l.absolutePath(name)
	if err != nil {
		return err
	}
	l.settings.Config = name
	raw, err := readSmallFile(name)
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
	l.addFileError(err)
	return nil
}

// readSmallFile reads a regular file of at most maxFileSize bytes.
func readSmallFile(name string) ([]byte, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() || info.Size() > maxFileSize {
		return nil, errors.New("it is not a small plain file")
	}
	return os.ReadFile(name)
}

// parse sets the values of the file. An invalid value costs that value alone.
func (l *loader) parse(name string, raw []byte) {
	if bytes.HasPrefix(raw, []byte("\xff\xfe")) || bytes.HasPrefix(raw, []byte("\xfe\xff")) {
		l.addFileError(fmt.Errorf("the settings file %s is in UTF-16; save it in UTF-8", name))
		return
	}
	raw = bytes.TrimPrefix(raw, []byte("\ufeff")) // some editors begin a text with it
	l.raw = raw
	l.file = fileValues{values: Values{}, keys: map[string][]string{}}
	all := l.parseTOML(name, raw)
	for _, key := range slices.Sorted(maps.Keys(all)) {
		l.setValue(name, key, all[key])
	}
}

// maxBadLines is how many lines are skipped before the file counts as something other than a settings file.
const maxBadLines = 20

// parseTOML parses the file and skips lines that cannot be parsed.
func (l *loader) parseTOML(name string, raw []byte) map[string]any {
	lines := bytes.Split(raw, []byte("\n"))
	for range maxBadLines {
		var all map[string]any
		err := toml.Unmarshal(bytes.Join(lines, []byte("\n")), &all)
		if err == nil {
			return all
		}
		l.addFileError(syntaxError(name, err))
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

// setValue sets one top-level value of the file.
func (l *loader) setValue(name, key string, value any) {
	tables := map[string]func(name string, value any){
		"keys": l.setKeys, "budget": l.setBudget, "final": l.setFinal, "prices": l.setPrices, "wildcards": l.setWildcards,
	}
	if set := tables[key]; set != nil {
		set(name, value)
		return
	}
	known := slices.ContainsFunc(allSettings, func(r Setting) bool { return r.Name == key && key != "config" })
	s, isText := value.(string)
	switch {
	case !known:
		l.warnings = append(l.warnings, Warning(fmt.Sprintf("The settings file %s sets %q, which is not known here.%s", name, key, l.suggest(key, fileNames()))))
	case !isText:
		l.addFileError(fmt.Errorf("in the settings file %s, %s must be a text in quotes", name, key))
	default:
		l.file.values[key] = s
	}
}

// fileNames are the names that a settings file can set.
func fileNames() []string {
	names := []string{"keys", "wildcards", "budget", "prices", "final"}
	for _, row := range allSettings {
		if row.Name != "config" {
			names = append(names, row.Name)
		}
	}
	return names
}

// setKeys reads [keys]: names of actions, each with one key or a list of keys.
func (l *loader) setKeys(name string, value any) {
	table, ok := value.(map[string]any)
	if !ok {
		l.addFileError(fmt.Errorf("in the settings file %s, keys must be a table: [keys], then lines such as star = \"*\"", name))
		return
	}
	for _, action := range slices.Sorted(maps.Keys(table)) {
		bound, ok := stringList(table[action])
		if !ok {
			l.addFileError(fmt.Errorf("in the settings file %s, the keys of %q must be texts in quotes", name, action))
			continue
		}
		l.file.keys[action] = bound
	}
}

// setWildcards reads wildcards = [...]: folders with lists of values.
func (l *loader) setWildcards(name string, value any) {
	folders, ok := stringList(value)
	if !ok {
		l.addFileError(fmt.Errorf("in the settings file %s, wildcards must be folders in quotes: wildcards = [\"~/lists\"]", name))
		return
	}
	l.file.wildcards = folders
}

// stringList reads a string or a list of strings.
func stringList(value any) ([]string, bool) {
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

// reason is the last part of a file error, without the operation and the file name.
func reason(err error) string {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err.Error()
	}
	return err.Error()
}
