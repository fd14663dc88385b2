package cli_test

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

// keySpellings are the forms in which a key may turn up: as it is, escaped for a URL, for JSON and for HTML, in hexadecimal, and in
// base64 of either alphabet wherever it may begin within a larger text.
func keySpellings(key string) []string {
	inJSON, _ := json.Marshal(key)
	forms := []string{
		key, url.QueryEscape(key), url.PathEscape(key), strings.Trim(string(inJSON), `"`), strings.ReplaceAll(key, "&", "&amp;"),
		hex.EncodeToString([]byte(key)),
	}
	for shift := range 3 {
		raw := append(make([]byte, shift), key...)
		first, last := (shift*8+5)/6, len(raw)*8/6 // the signs between depend on the key alone
		for _, alphabet := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
			forms = append(forms, alphabet.EncodeToString(raw)[first:last])
		}
	}
	return forms
}

// canarySpellings are the forms of the key that no byte may hold.
var canarySpellings = keySpellings(canary)

// keyIn tells in which form the key stands in b; "" when it does not.
func keyIn(b []byte) string {
	for _, form := range canarySpellings {
		if bytes.Contains(b, []byte(form)) {
			return form
		}
	}
	return ""
}

// TestKeySpellingsAreFound makes sure that a key would be found, wherever it stands.
func TestKeySpellingsAreFound(t *testing.T) {
	for _, text := range []string{
		canary, "Bearer " + canary, "a" + canary + "b", url.QueryEscape("k " + canary), "/" + url.PathEscape(canary),
		base64.StdEncoding.EncodeToString([]byte(canary)), base64.StdEncoding.EncodeToString([]byte("Bearer " + canary + "\n")),
		base64.URLEncoding.EncodeToString([]byte("ab" + canary)), hex.EncodeToString([]byte("x" + canary)), `{"key":"CANARY-not/a+key=\u0026%7E"}`,
	} {
		if keyIn([]byte(text)) == "" {
			t.Errorf("not found in %q", text)
		}
	}
	if form := keyIn([]byte("CANARY-not a key")); form != "" {
		t.Errorf("%q is found where it is not", form)
	}
}

// checkNoKeyIn looks for the key in every file and every name below a folder.
func checkNoKeyIn(t *testing.T, dir string) {
	t.Helper()
	files := 0
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() {
			return err
		}
		files++
		data, err := os.ReadFile(path)
		if keyIn(data) != "" || keyIn([]byte(path)) != "" {
			t.Errorf("%s holds the key", path)
		}
		return err
	})
	if err != nil || files < 3 {
		t.Errorf("%d files, %v", files, err)
	}
}
