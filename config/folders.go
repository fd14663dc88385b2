package config

import (
	"errors"
	"path/filepath"
	"runtime"
	"strings"
)

// place settles the folders and the key's file.
func (l *loader) place() error {
	s := &l.settings
	if s.KeyFile == "" {
		// It lies beside the usual settings, whichever settings file was read.
		if usual := l.usualConfig(); usual != "" {
			s.KeyFile = filepath.Join(filepath.Dir(usual), s.Provider+".key")
		}
	}
	if err := l.placeData(); err != nil {
		return err
	}
	for _, name := range []*string{&s.KeyFile, &s.DataDir} {
		if *name == "" {
			continue
		}
		full, err := l.absolute(*name)
		if err != nil {
			return err
		}
		*name = full
	}
	return nil
}

// placeData finds the data folder. The demo's lies beside the real one, unless a flag or the environment names a folder,
// which is then used as given.
func (l *loader) placeData() error {
	s := &l.settings
	switch s.From("data_dir").level() {
	case levelFlag, levelEnvironment:
		return nil
	case levelDefault:
		s.DataDir = l.usualData()
	}
	if s.DataDir == "" {
		return errors.New("no folder is known for the history: set HOME, or name one with --data-dir")
	}
	if s.Provider == demo {
		s.DataDir = filepath.Clean(s.DataDir) + "-demo"
	}
	return nil
}

// usualData is $XDG_DATA_HOME/tintype, ~/.local/share/tintype, or %LOCALAPPDATA%\tintype on Windows.
func (l *loader) usualData() string {
	if runtime.GOOS == "windows" {
		return l.under(l.env("LOCALAPPDATA"), "AppData", "Local")
	}
	return l.under(l.env("XDG_DATA_HOME"), ".local", "share")
}

// usualConfig is config.toml in $XDG_CONFIG_HOME/tintype, ~/.config/tintype, or %APPDATA%\tintype on Windows.
func (l *loader) usualConfig() string {
	base := l.under(l.env("XDG_CONFIG_HOME"), ".config")
	if runtime.GOOS == "windows" {
		base = l.under(l.env("APPDATA"), "AppData", "Roaming")
	}
	if base == "" {
		return ""
	}
	return filepath.Join(base, "config.toml")
}

// under is tintype's folder in base, or in the home folder's sub where base is not an absolute path (the XDG base
// directory specification, 0.8, says that relative ones are to be ignored). "" when there is no home.
func (l *loader) under(base string, sub ...string) string {
	if filepath.IsAbs(base) {
		return filepath.Join(base, "tintype")
	}
	home := l.home()
	if home == "" {
		return ""
	}
	return filepath.Join(append(append([]string{home}, sub...), "tintype")...)
}

func (l *loader) home() string {
	if runtime.GOOS == "windows" {
		return l.env("USERPROFILE")
	}
	return l.env("HOME")
}

// absolute makes a name absolute; a leading ~/ is the home folder, since flags with = and files do not pass a shell.
func (l *loader) absolute(name string) (string, error) {
	if rest, ok := strings.CutPrefix(name, "~/"); ok && l.home() != "" {
		name = filepath.Join(l.home(), rest)
	}
	return filepath.Abs(name)
}
