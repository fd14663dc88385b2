package config

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"runtime"
	"strings"
)

// maxKeySize bounds a key, in bytes. Keys of providers are well under 200.
const maxKeySize = 4096

// FindKey looks for a key in the environment under names, in that order, and then in file, which may be "". from is the
// name or the file where it was found. Without a key both are "" and the error is nil. An error is a sentence that
// never quotes the key: others can read the file, or the value cannot be a key.
func FindKey(env func(string) string, names []string, file string) (value, from string, err error) {
	for _, name := range names {
		value := strings.TrimSpace(env(name))
		if value == "" {
			continue
		}
		return value, name, checkKey(value, "what "+name+" holds")
	}
	if file == "" {
		return "", "", nil
	}
	value, err = readKeyFile(file)
	if value == "" || err != nil {
		return "", "", err
	}
	return value, file, checkKey(value, "what "+file+" holds")
}

// CheckKey reports in a sentence why a text that a person pasted or typed cannot be a key; nil if it can. The sentence never quotes it.
func CheckKey(value string) error {
	if value == "" {
		return errors.New("there is no key yet: paste or type one")
	}
	return checkKey(value, "this")
}

// checkKey refuses characters that are invalid in a request header, so that a line break cannot start a header of its
// own. what names the value in a sentence.
func checkKey(value, what string) error {
	if len(value) > maxKeySize {
		return fmt.Errorf("%s is too long to be a key", what)
	}
	for i := range len(value) {
		if value[i] <= ' ' || value[i] > '~' {
			return fmt.Errorf("%s is not a key: it has spaces or signs that a key never has", what)
		}
	}
	return nil
}

func readKeyFile(name string) (string, error) {
	f, err := openNoFollow(name)
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("the key file %s cannot be read: %s", name, reason(err))
	}
	defer f.Close()
	if err := checkKeyFile(f, name); err != nil {
		return "", err
	}
	raw, err := io.ReadAll(io.LimitReader(f, maxKeySize+2))
	if err != nil {
		return "", fmt.Errorf("the key file %s cannot be read: %s", name, reason(err))
	}
	return strings.TrimSpace(strings.TrimPrefix(string(raw), "\ufeff")), nil // some editors begin a text with it
}

// checkKeyFile requires a regular file that only its owner can read. Windows has no such mode bits.
func checkKeyFile(f *os.File, name string) error {
	info, err := f.Stat()
	if err != nil {
		return fmt.Errorf("the key file %s cannot be read: %s", name, reason(err))
	}
	return checkKeyMode(info, name)
}

// checkKeyMode is checkKeyFile for a file's mode.
func checkKeyMode(info fs.FileInfo, name string) error {
	if !info.Mode().IsRegular() {
		return fmt.Errorf("the key file %s is not a plain file", name)
	}
	if runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 {
		return fmt.Errorf("the key file %s can be read by others. Close it with: chmod 600 %s", name, name)
	}
	return nil
}
