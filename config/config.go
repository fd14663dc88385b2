// Package config reads how this run is set up: which provider at which address, which folders, how the screen looks, and
// which key is used. It knows names, folders and precedence. It does not know what a provider or a model is: the caller
// names them.
//
// Rules:
//
//   - A value comes from the default, the settings file, the environment or a flag. Each has precedence over the one before,
//     and Settings.Source records where each value came from.
//   - The environment is the function that Load is given. This package never reads the process's own environment.
//   - A key is never a setting, a flag, or part of an error. FindKey reads it from the names and the file that it is given.
//   - A base URL and a key file belong to the provider that is named at the same level. With another provider they are
//     ignored, so that one provider's key never reaches another's host.
//   - A settings file that is partly unreadable is not fatal: Load returns a *FileError and usable settings, with which
//     nothing may be bought.
//   - An unknown name in the settings file is a warning, so that the file of a newer version works.
//   - The demo keeps its data in a folder of its own beside the real one.
//   - Errors are sentences for people. They quote text from outside as it is: whoever prints one must clean it.
package config

import (
	"fmt"
	"strings"
)

// Settings is the configuration of a run. Folders and files are absolute paths. A setting with choices holds one of
// them.
type Settings struct {
	Provider string // name of the provider, one of Allowed.Providers
	BaseURL  string // address directly above /models/… and /predictions/…; "" is the provider's own
	DataDir  string // holds history.jsonl, pictures/ and form.json; "" without a home folder, if none was named
	CacheDir string // holds copies of what can be read again, such as price lists; "" without a home folder
	Config   string // settings file that was read, or would be; "" without a home folder
	KeyFile  string // file of mode 0600 that may hold the key; "" without a home folder
	Model    string // model that the form and `tintype run` start with
	Glyphs   string // auto, utf8, ascii
	Motion   string // full, none
	Mouse    string // on, off
	Theme    string // auto, dark, light
	Colour   string // auto, none
	Graphics string // auto, kitty, iterm2, sixel, cells
	Editor   string // command that edits the prompt, with its arguments; "" for none

	SamePicture string // AnyFormat or SameFormat

	Wildcards []string // folders with lists of values for templates: wildcards/ beside the settings file, then those that it names

	Budget     Budget              // of the file's [budget]
	FinalModel string              // model of the file's [final]; "" for none
	Prices     map[string]float64  // USD for a picture, by the model's owner/name, of the file's [prices]
	Keys       map[string][]string // keys by action name, in place of the default ones, from the file's [keys]
	Source     map[string]Source   // by name of the setting; a setting without an entry has its default
}

// Source is where a value came from: "default", "file", or a name such as "TINTYPE_MODEL" or "--model".
type Source string

// The sources other than names of environment variables and flags.
const (
	SourceDefault Source = "default"
	SourceFile    Source = "file"
)

// Warning is a sentence about something in the settings that was ignored.
type Warning string

// Values are settings by name. An absent name is not set.
type Values map[string]string

// Allowed is what the caller knows and this package does not.
type Allowed struct {
	Providers []string // names, the default first
	Demo      string   // the one that keeps a data folder of its own and ignores settings for others
	Model     string   // default model

	ModelID func(name string) (string, error) // the owner/name of a model, or why there is none of that name; nil takes all names as they are

	Suggest func(typed string, names []string) string // a sentence that names what may be meant, after a space; nil for none
}

// Load combines the settings. The values of given come from flags. Except for a *FileError, an error is a mistake of
// the user (an unknown choice, a file named by a flag that does not exist), and the settings are empty.
func Load(env func(string) string, given Values, known Allowed) (Settings, []Warning, error) {
	l := loader{env: env, given: given, known: known, settings: Settings{Source: map[string]Source{}, Budget: Budget{Unknown: "ask"}}}
	if err := l.load(); err != nil {
		return Settings{}, l.warnings, err
	}
	if len(l.fileErrors) > 0 {
		return l.settings, l.warnings, &FileError{l.fileErrors}
	}
	return l.settings, l.warnings, nil
}

// SourceOf returns where the value of the setting came from.
func (s Settings) SourceOf(name string) Source {
	if from, ok := s.Source[name]; ok {
		return from
	}
	return SourceDefault
}

// Value returns the value of the setting, "" for an unknown name.
func (s Settings) Value(name string) string {
	for _, row := range allSettings {
		if row.Name == name {
			return *row.field(&s)
		}
	}
	return ""
}

// loader is the state of one call of Load.
type loader struct {
	env        func(string) string
	given      Values
	known      Allowed
	file       fileValues
	raw        []byte // the settings file
	settings   Settings
	warnings   []Warning
	fileErrors []error
}

func (l *loader) load() error {
	if err := l.readFile(); err != nil {
		return err
	}
	for _, row := range allSettings {
		value, from, err := l.value(row)
		if err != nil {
			return err
		}
		if row.Name != "config" { // readFile has set it
			*row.field(&l.settings) = value
		}
		if from != SourceDefault {
			l.settings.Source[row.Name] = from
		}
	}
	l.settings.Keys = l.file.keys
	l.settings.Wildcards = l.wildcardFolders()
	l.applyConventions()
	l.dropIfForeign("base_url")
	l.dropIfForeign("key_file")
	return l.resolvePaths()
}

// value is lookUp, but an invalid value in the settings file becomes a file error, and the next source counts.
func (l *loader) value(row Setting) (string, Source, error) {
	value, from := l.lookUp(row)
	err := row.check(value, from, l.where(row, from), l.choices(row), l.suggest)
	if err == nil || from != SourceFile {
		return value, from, err
	}
	l.addFileError(err)
	delete(l.file.values, row.Name)
	return l.value(row)
}

// where says where the value of a setting is from: in the file, on which line.
func (l *loader) where(row Setting, from Source) string {
	if from != SourceFile {
		return string(from)
	}
	where := "the settings file " + l.settings.Config
	if n := lineOf(l.raw, "", row.Name); n > 0 {
		where += fmt.Sprintf(", line %d", n)
	}
	return where
}

// suggest returns a sentence that names what may be meant by a mistyped name, after a space; "" for none.
func (l *loader) suggest(typed string, names []string) string {
	if l.known.Suggest == nil {
		return ""
	}
	return l.known.Suggest(typed, names)
}

// lookUp returns the value of a setting and its source, by precedence. An empty value in the environment is none, and neither is one in the
// file, unless the setting has choices.
func (l *loader) lookUp(row Setting) (string, Source) {
	if value, ok := l.given[row.Name]; ok {
		return value, Source("--" + row.Flag())
	}
	for _, name := range row.Env {
		if value := l.env(name); value != "" {
			return value, Source(name)
		}
	}
	if value, ok := l.file.values[row.Name]; ok && (value != "" || len(l.choices(row)) > 0) {
		return value, SourceFile
	}
	return l.defaultValue(row), SourceDefault
}

// defaultValue is the value of a setting that has no source.
func (l *loader) defaultValue(row Setting) string {
	switch row.Name {
	case "provider":
		return l.known.Providers[0]
	case "model":
		return l.known.Model
	}
	return row.Default
}

// choices are the only valid values of a setting; without any, all text is valid.
func (l *loader) choices(row Setting) []string {
	if row.Name == "provider" {
		return l.known.Providers
	}
	return row.Choices
}

// conventions are environment variables that many programs share. They set a setting to "none" unless the environment
// or a flag sets it.
var conventions = []struct{ name, setting string }{{"NO_COLOR", "colour"}, {"NO_MOTION", "motion"}}

func (l *loader) applyConventions() {
	for _, c := range conventions {
		if l.env(c.name) == "" || l.settings.SourceOf(c.setting).level() > levelFile {
			continue
		}
		*findSetting(c.setting).field(&l.settings) = "none"
		l.settings.Source[c.setting] = Source(c.name)
	}
}

// level is the precedence of a source.
type level int

const (
	levelDefault level = iota
	levelFile
	levelEnvironment
	levelFlag
)

func (s Source) level() level {
	switch {
	case s == SourceDefault:
		return levelDefault
	case s == SourceFile:
		return levelFile
	case strings.HasPrefix(string(s), "--"):
		return levelFlag
	default:
		return levelEnvironment
	}
}

// dropIfForeign removes the value of a setting that was meant for another provider, with a warning.
func (l *loader) dropIfForeign(name string) {
	from := l.settings.SourceOf(name)
	if from == SourceDefault || l.isForProvider(from.level()) {
		return
	}
	l.warnings = append(l.warnings, Warning(fmt.Sprintf("%s (from %s) was left aside: it is not meant for %s.",
		name, from, l.settings.Provider)))
	*findSetting(name).field(&l.settings) = ""
	delete(l.settings.Source, name)
}

// isForProvider reports whether a value at this level is meant for the chosen provider: if the provider was chosen at
// the same level or a weaker one, or if the value's own level names no other provider. The demo must not use settings
// for a real provider, so its own name must be given at that level.
func (l *loader) isForProvider(at level) bool {
	chosen := l.settings.SourceOf("provider").level()
	if at >= chosen {
		return true
	}
	named := map[level]string{levelFile: l.file.values["provider"], levelEnvironment: l.env("TINTYPE_PROVIDER")}[at]
	if l.settings.Provider == l.known.Demo {
		return named == l.known.Demo
	}
	return named == "" || named == l.settings.Provider
}
