package demotest

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"net/url"
	"strings"
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
