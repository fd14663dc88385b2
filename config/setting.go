package config

import (
	"fmt"
	"slices"
	"strings"
)

// Setting is something that can be set: by its Name in the settings file, by the environment variables Env (the first
// one set counts) or by the flag Flag().
type Setting struct {
	Name    string
	Env     []string
	Default string
	Choices []string // the valid values; empty if any text is valid
	Help    string   // one short line

	field func(*Settings) *string
}

// The values of same_picture: a picture that is here in another format or quality is the same picture, or another one.
const (
	AnyFormat  = "any-format"
	SameFormat = "same-format"
)

// Flag is the name of the flag, without the dashes.
func (s Setting) Flag() string { return strings.ReplaceAll(s.Name, "_", "-") }

// All returns the settings in the order in which they are shown.
func All() []Setting { return slices.Clone(allSettings) }

var allSettings = []Setting{
	{
		Name: "provider", Env: []string{"TINTYPE_PROVIDER"},
		Help:  "who makes the pictures: cometapi, replicate or demo",
		field: func(s *Settings) *string { return &s.Provider },
	},
	{
		Name: "base_url", Env: []string{"TINTYPE_BASE_URL"},
		Help:  "address directly above /models and /predictions",
		field: func(s *Settings) *string { return &s.BaseURL },
	},
	{
		Name: "data_dir", Env: []string{"TINTYPE_DATA_DIR"},
		Help:  "folder of the history and the pictures",
		field: func(s *Settings) *string { return &s.DataDir },
	},
	{
		Name: "config", Env: []string{"TINTYPE_CONFIG"},
		Help:  "settings file to read",
		field: func(s *Settings) *string { return &s.Config },
	},
	{
		Name: "key_file", Env: []string{"TINTYPE_KEY_FILE"},
		Help:  "file of mode 0600 that holds the key",
		field: func(s *Settings) *string { return &s.KeyFile },
	},
	{
		Name: "model", Env: []string{"TINTYPE_MODEL"},
		Help:  "model to start with",
		field: func(s *Settings) *string { return &s.Model },
	},
	{
		Name: "theme", Env: []string{"TINTYPE_THEME"}, Default: "auto", Choices: []string{"auto", "dark", "light"},
		Help:  "colours for a dark or a light terminal",
		field: func(s *Settings) *string { return &s.Theme },
	},
	{
		Name: "colour", Env: []string{"TINTYPE_COLOUR"}, Default: "auto", Choices: []string{"auto", "none"},
		Help:  "use of colour; NO_COLOR counts as none",
		field: func(s *Settings) *string { return &s.Colour },
	},
	{
		Name: "glyphs", Env: []string{"TINTYPE_GLYPHS"}, Default: "auto", Choices: []string{"auto", "utf8", "ascii"},
		Help:  "symbols; ascii if the terminal draws some of them wide",
		field: func(s *Settings) *string { return &s.Glyphs },
	},
	{
		Name: "motion", Env: []string{"TINTYPE_MOTION"}, Default: "full", Choices: []string{"full", "none"},
		Help:  "motion on the screen; NO_MOTION counts as none",
		field: func(s *Settings) *string { return &s.Motion },
	},
	{
		Name: "mouse", Env: []string{"TINTYPE_MOUSE"}, Default: "on", Choices: []string{"on", "off"},
		Help:  "use of the mouse; off leaves it to the terminal",
		field: func(s *Settings) *string { return &s.Mouse },
	},
	{
		Name: "graphics", Env: []string{"TINTYPE_GRAPHICS"}, Default: "auto",
		Choices: []string{"auto", "kitty", "iterm2", "sixel", "cells"},
		Help:    "how pictures are drawn",
		field:   func(s *Settings) *string { return &s.Graphics },
	},
	{
		Name: "editor", Env: []string{"TINTYPE_EDITOR", "VISUAL", "EDITOR"},
		Help:  "command that edits the prompt",
		field: func(s *Settings) *string { return &s.Editor },
	},
	{
		Name: "same_picture", Env: []string{"TINTYPE_SAME_PICTURE"}, Default: AnyFormat, Choices: []string{AnyFormat, SameFormat},
		Help:  "what counts as had: a file in any format and quality, or only in the same",
		field: func(s *Settings) *string { return &s.SamePicture },
	},
}

// findSetting returns the setting of that name, which must exist.
func findSetting(name string) Setting {
	return allSettings[slices.IndexFunc(allSettings, func(r Setting) bool { return r.Name == name })]
}

// check refuses a value that is not one of the choices, and an empty folder, file or address in a flag. where says where it is from.
func (s Setting) check(value string, from Source, where string, choices []string, suggest func(string, []string) string) error {
	if value == "" && from == Source("--"+s.Flag()) && slices.Contains([]string{"data_dir", "key_file", "base_url"}, s.Name) {
		return fmt.Errorf("%s is empty: name something, or leave it out", from) // often an unset variable of a script
	}
	if len(choices) == 0 || slices.Contains(choices, value) {
		return nil
	}
	return fmt.Errorf("%s (from %s) cannot be %q.%s It is one of %s", s.Name, where, value, suggest(value, choices), strings.Join(choices, ", "))
}
