package demotest

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Key is the key of the tests. It opens nothing, and no output may contain it. Each of its special
// characters is written differently in URLs, JSON or HTML.
const Key = "CANARY-not/a+key=&%7E"

var keyForms = formsOf(Key)

// FindKey returns the form in which text contains Key, or "". It knows the plain key, its escapes in
// URLs, JSON and HTML, its hexadecimal form, and base64 at any offset in a longer text.
func FindKey(text []byte) string {
	for _, form := range keyForms {
		if bytes.Contains(text, []byte(form)) {
			return form
		}
	}
	return ""
}

// keyStart is the beginning of Key, in case only a part of it was written.
const keyStart = "CANARY"

// CheckNoKey fails the test for each file below dir whose name or content contains Key or its
// beginning, and returns the number of files.
func CheckNoKey(t testing.TB, dir string) (files int) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() {
			return err
		}
		files++
		data, err := os.ReadFile(path)
		if FindKey(data) != "" || FindKey([]byte(path)) != "" || bytes.Contains(data, []byte(keyStart)) {
			t.Errorf("%s holds the key", path)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
	return files
}

func formsOf(key string) []string {
	inJSON, _ := json.Marshal(key)
	forms := []string{
		key, url.QueryEscape(key), url.PathEscape(key), strings.Trim(string(inJSON), `"`), strings.ReplaceAll(key, "&", "&amp;"),
		hex.EncodeToString([]byte(key)),
	}
	for shift := range 3 {
		raw := append(make([]byte, shift), key...)
		first, last := (shift*8+5)/6, len(raw)*8/6 // the characters that depend on the key alone
		for _, alphabet := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
			forms = append(forms, alphabet.EncodeToString(raw)[first:last])
		}
	}
	return forms
}
