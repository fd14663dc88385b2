package api

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"html"
	"net/url"
	"regexp"
	"strings"
)

// redact takes the key out of what came from outside, in the spellings in which a
// server could send it back.
func (c *Client) redact(text []byte) []byte {
	key := c.keyForms()
	for _, spelling := range key.spellings {
		if bytes.Contains(text, []byte(spelling)) {
			text = bytes.ReplaceAll(text, []byte(spelling), []byte(redacted))
		}
	}
	if key.inJSON != nil && bytes.Contains(text, []byte(key.mark)) {
		text = key.inJSON.ReplaceAllLiteral(text, []byte(redacted))
	}
	return text
}

// hideEnd takes the beginning of the key from the end of a text, where the line may have broken within it.
func (c *Client) hideEnd(text []byte) []byte {
	for _, spelling := range c.keyForms().spellings {
		for n := len(spelling) - 1; n >= shortestKey; n-- {
			if rest, found := bytes.CutSuffix(text, []byte(spelling[:n])); found {
				return append(rest[:len(rest):len(rest)], redacted...)
			}
		}
	}
	return text
}

// redactText is hide for a text that keeps within a limit of bytes.
func (c *Client) redactText(text string, limit int) string {
	return cutText(string(c.redact([]byte(text))), limit)
}

// shortestKey is how many letters make a key, or enough of one to matter.
const shortestKey = 8

// keyForms are the ways in which a key may be spelt. A short word is no key, and has none.
type keyForms struct {
	spellings []string
	inJSON    *regexp.Regexp // with escapes; nil for no key
	mark      string         // what stands in a text with escapes that matter
}

func formsOf(key string) keyForms {
	if len(key) < shortestKey {
		return keyForms{}
	}
	mark := `\u00`
	if strings.ContainsAny(key, `/"\`) {
		mark = `\`
	}
	return keyForms{spellings(key), inJSON(key), mark}
}

// spellings are a key as it is, and as it stands in a URL, in HTML, in hexadecimal and in base64.
func spellings(key string) []string {
	inHex := hex.EncodeToString([]byte(key))
	inURL := url.QueryEscape(key)
	all := []string{key, inURL, lowerEscapes(inURL), url.PathEscape(key), html.EscapeString(key), inHex, strings.ToUpper(inHex)}
	for before := range 3 {
		inside := insideBase64(key, before)
		all = append(all, inside, strings.NewReplacer("+", "-", "/", "_").Replace(inside))
	}
	return all
}

// inJSON finds a key as it stands in JSON: any encoder may write any letter as \u and its number, and JSON within a string of
// JSON has the more backslashes.
func inJSON(key string) *regexp.Regexp {
	var pattern strings.Builder
	for _, letter := range []byte(key) {
		plain := regexp.QuoteMeta(string(rune(letter)))
		switch letter {
		case '/', '"':
			plain = `\\*` + plain
		case '\\':
			plain = `\\+`
		}
		fmt.Fprintf(&pattern, `(?:%s|\\+u00(?i:%02x))`, plain, letter)
	}
	return regexp.MustCompile(pattern.String())
}

// lowerEscapes turns %2F into %2f, and leaves the rest.
func lowerEscapes(escaped string) string {
	parts := strings.Split(escaped, "%")
	for i := 1; i < len(parts); i++ {
		parts[i] = strings.ToLower(parts[i][:2]) + parts[i][2:]
	}
	return strings.Join(parts, "%")
}

// insideBase64 is what the base64 of a longer text shows of a key that stands in
// it, when the bytes before it are a multiple of three and so many more: the
// letters that the key alone decides.
func insideBase64(key string, before int) string {
	bytes := append(make([]byte, before), key...)
	letters := base64.RawStdEncoding.EncodeToString(bytes)
	return letters[(before*8+5)/6 : len(bytes)*8/6]
}

// redactError takes the key out of an error of net/http, which quotes what a server
// sent: such a one keeps its words alone.
func (c *Client) redactError(err error) error {
	if err == nil {
		return nil
	}
	said := err.Error()
	if hidden := string(c.redact([]byte(said))); hidden != said {
		return sentence(hidden)
	}
	return err
}
