package config

import (
	"path/filepath"
	"runtime"
	"strings"
)

// resolvePaths sets the folders and the key file, as absolute paths.
func (l *loader) resolvePaths() error {
	s := &l.settings
	if s.KeyFile == "" {
		// It is beside the default settings file, whichever file was read.
		if file := l.defaultConfig(); file != "" {
			s.KeyFile = filepath.Join(filepath.Dir(file), s.Provider+".key")
		}
	}
	l.resolveDataDir()
	s.CacheDir = l.defaultCacheDir()
	for _, name := range []*string{&s.KeyFile, &s.DataDir} {
		if *name == "" {
			continue
		}
		full, err := l.absolutePath(*name)
		if err != nil {
			return err
		}
		*name = full
	}
	return nil
}

// wildcardFolders returns the folders of lists. A relative one is beside the settings file.
func (l *loader) wildcardFolders() []string {
	if l.settings.Config == "" {
		return nil
	}
	beside := filepath.Dir(l.settings.Config)
	folders := []string{filepath.Join(beside, "wildcards")}
	for _, name := range l.file.wildcards {
		if rest, ok := strings.CutPrefix(name, "~/"); ok && l.home() != "" {
			name = filepath.Join(l.home(), rest)
		}
		if name != "" && !filepath.IsAbs(name) {
			name = filepath.Join(beside, name)
		}
		if name != "" {
			folders = append(folders, name)
		}
	}
	return folders
}

// resolveDataDir sets the data folder; without a home folder there may be none. The demo's is next to the real one, unless a flag or the
// environment names a folder.
func (l *loader) resolveDataDir() {
	s := &l.settings
	switch s.SourceOf("data_dir").level() {
	case levelFlag, levelEnvironment:
		return
	case levelDefault:
		s.DataDir = l.defaultDataDir()
	}
	if s.Provider == l.known.Demo && s.DataDir != "" {
		s.DataDir = filepath.Clean(s.DataDir) + "-demo"
	}
}

// defaultDataDir is $XDG_DATA_HOME/tintype, ~/.local/share/tintype, or %LOCALAPPDATA%\tintype on Windows.
func (l *loader) defaultDataDir() string {
	if runtime.GOOS == "windows" {
		return l.appFolder(l.env("LOCALAPPDATA"), "AppData", "Local")
	}
	return l.appFolder(l.env("XDG_DATA_HOME"), ".local", "share")
}

// defaultCacheDir is $XDG_CACHE_HOME/tintype, ~/.cache/tintype, or %LOCALAPPDATA%\tintype\cache on Windows; "" without a home folder.
func (l *loader) defaultCacheDir() string {
	if runtime.GOOS != "windows" {
		return l.appFolder(l.env("XDG_CACHE_HOME"), ".cache")
	}
	dir := l.appFolder(l.env("LOCALAPPDATA"), "AppData", "Local")
	if dir == "" {
		return ""
	}
	return filepath.Join(dir, "cache")
}

// defaultConfig is config.toml in $XDG_CONFIG_HOME/tintype, ~/.config/tintype, or %APPDATA%\tintype on Windows.
func (l *loader) defaultConfig() string {
	base := l.appFolder(l.env("XDG_CONFIG_HOME"), ".config")
	if runtime.GOOS == "windows" {
		base = l.appFolder(l.env("APPDATA"), "AppData", "Roaming")
	}
	if base == "" {
		return ""
	}
	return filepath.Join(base, "config.toml")
}

// appFolder is tintype's folder in base, or in sub of the home folder if base is not an absolute path: the XDG Base
// Directory Specification 0.8 says to ignore relative ones. It is "" without a home folder.
func (l *loader) appFolder(base string, sub ...string) string {
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

// absolutePath makes a path absolute. It expands a leading ~/ because values from files and from --flag=value do not
// pass through a shell.
func (l *loader) absolutePath(name string) (string, error) {
	if rest, ok := strings.CutPrefix(name, "~/"); ok && l.home() != "" {
		name = filepath.Join(l.home(), rest)
	}
	return filepath.Abs(name)
}
