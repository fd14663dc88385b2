// Package config says how this run is set up: which provider at which address, which folders, how the screen looks, and
// which key is used. It knows names, places and strengths; what a provider is, or a model, it is told.
//
// Rules:
//   - A value comes from the default, the settings file, the environment or a flag; each is stronger than the one before,
//     and Settings.Source keeps where each came from.
//   - The environment is the function that Load is given. Nothing here reads the process's own environment.
//   - A key is never a setting, a flag, or part of an error. Key reads it from the names and the file that it is told.
//   - A base URL and a key's file belong to the provider that is named beside them; with another provider they are left
//     aside, so that one provider's key never reaches another's host.
//   - Errors are sentences for a person. They quote outside text raw: whoever prints one cleans it.
package config

import (
	"fmt"
	"strings"
)

// Settings is everything a run is told. Folders and files are absolute. Choices hold one of their setting's words.
type Settings struct {
	Provider string // provider's name, as in api.Providers
	BaseURL  string // stands directly above /models/… and /predictions/…; "" is the provider's own
	DataDir  string // holds history.jsonl, pictures/ and form.json
	Config   string // settings file that was read, or would be; "" where the system names no folder
	KeyFile  string // file of mode 0600 that may hold the key; "" where the system names no folder
	Model    string // model that the form and run start with
	Glyphs   string // auto, utf8, ascii
	Motion   string // full, none
	Mouse    string // on, off
	Theme    string // auto, dark, light
	Colour   string // auto, none
	Graphics string // auto, kitty, iterm2, sixel, cells
	Editor   string // command that edits the prompt, with its arguments; "" is none

	Keys   map[string][]string // keys bound to an action's name instead of the usual ones, from the file's [keys]
	Source map[string]Source   // by setting's name; a setting without an entry has its default
}

// Source tells where a value came from, in words: "default", "file", "TINTYPE_MODEL" or "--model".
type Source string

// SourceDefault and SourceFile are the sources that have no name of their own.
const (
	SourceDefault Source = "default"
	SourceFile    Source = "file"
)

// Warning is a sentence about something in the settings that was left aside.
type Warning string

// Values are settings by name. A name that is absent is not set.
type Values map[string]string

// Allowed is what the caller knows and this package does not.
type Allowed struct {
	Providers []string // names, the usual one first
	Model     string   // usual one
}

// Load puts the settings together. The values of given come from flags and win. An error is wrong use: a file named by a flag that
// is not there, an unknown choice, no folder. With a *Damaged the settings are good all the same, but for buying.
func Load(env func(string) string, given Values, known Allowed) (Settings, []Warning, error) {
	l := loader{env: env, given: given, known: known, settings: Settings{Source: map[string]Source{}}}
	if err := l.load(); err != nil {
		return Settings{}, l.warnings, err
	}
	if len(l.damage) > 0 {
		return l.settings, l.warnings, &FileError{l.damage}
	}
	return l.settings, l.warnings, nil
}

// From says where the value of the setting name came from.
func (s Settings) From(name string) Source {
	if from, ok := s.Source[name]; ok {
		return from
	}
	return SourceDefault
}

// Value is the value of the setting name, "" for an unknown name.
func (s Settings) Value(name string) string {
	for _, row := range rows {
		if row.Name == name {
			return *row.field(&s)
		}
	}
	return ""
}

// loader is one Load under way.
type loader struct {
	env      func(string) string
	given    Values
	known    Allowed
	file     fileValues
	settings Settings
	warnings []Warning
	damage   []error
}

func (l *loader) load() error {
	if err := l.readFile(); err != nil {
		return err
	}
	for _, row := range rows {
		value, from, err := l.usable(row)
		if err != nil {
			return err
		}
		if row.Name != "config" { // readFile has settled it
			*row.field(&l.settings) = value
		}
		if from != SourceDefault {
			l.settings.Source[row.Name] = from
		}
	}
	l.settings.Keys = l.file.keys
	l.honourSigns()
	l.belong("base_url")
	l.belong("key_file")
	return l.place()
}

// usable is strongest, but what the file says and cannot be is damage.
func (l *loader) usable(row Setting) (string, Source, error) {
	value, from := l.strongest(row)
	err := row.check(value, from, l.choices(row))
	if err == nil || from != SourceFile {
		return value, from, err
	}
	l.damaged(err)
	delete(l.file.values, row.Name)
	return l.usable(row)
}

// strongest finds the value of one setting and where it came from.
func (l *loader) strongest(row Setting) (string, Source) {
	if value, ok := l.given[row.Name]; ok {
		return value, Source("--" + row.Flag())
	}
	for _, name := range row.Env {
		if value := l.env(name); value != "" {
			return value, Source(name)
		}
	}
	if value, ok := l.file.values[row.Name]; ok {
		return value, SourceFile
	}
	return l.usual(row), SourceDefault
}

// usual is a setting's value where nobody says anything.
func (l *loader) usual(row Setting) string {
	switch row.Name {
	case "provider":
		return l.known.Providers[0]
	case "model":
		return l.known.Model
	}
	return row.Default
}

// choices are the only values of a setting; of one without any text is good.
func (l *loader) choices(row Setting) []string {
	if row.Name == "provider" {
		return l.known.Providers
	}
	return row.Choices
}

// signs are names that many programs share, and what they set to "none" where nothing of ours says otherwise.
var signs = []struct{ name, setting string }{{"NO_COLOR", "colour"}, {"NO_MOTION", "motion"}}

func (l *loader) honourSigns() {
	for _, sign := range signs {
		if l.env(sign.name) == "" || l.settings.From(sign.setting).level() > levelFile {
			continue
		}
		*rowOf(sign.setting).field(&l.settings) = "none"
		l.settings.Source[sign.setting] = Source(sign.name)
	}
}

// level orders sources by strength.
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

// belong leaves aside the value of a setting that was made for another provider than the chosen one.
func (l *loader) belong(name string) {
	from := l.settings.From(name)
	if from == SourceDefault || l.belongs(from.level()) {
		return
	}
	l.warnings = append(l.warnings, Warning(fmt.Sprintf("%s (from %s) was left aside: it is not meant for %s.",
		name, from, l.settings.Provider)))
	*rowOf(name).field(&l.settings) = ""
	delete(l.settings.Source, name)
}

// belongs tells whether what is set at this level is meant for the chosen provider: it is when the provider is named at
// the same level or a weaker one, or when its own level names no provider. The demo is asked for to be free of what is
// set for real, so it needs the first.
func (l *loader) belongs(at level) bool {
	chosen := l.settings.From("provider").level()
	if at >= chosen {
		return true
	}
	beside := map[level]string{levelFile: l.file.values["provider"], levelEnvironment: l.env("TINTYPE_PROVIDER")}[at]
	if l.settings.Provider == demo {
		return beside == demo
	}
	return beside == "" || beside == l.settings.Provider
}
