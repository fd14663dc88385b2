package api

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"html"
	"net/url"
	"regexp"
	"strings"
)

// shortestKey is the length in bytes from which a key, or the beginning of one, is worth hiding.
const shortestKey = 8

// redact removes the key from a text that came from outside, in the spellings in which a server could send it back.
func (c *Client) redact(text []byte) []byte {
	key := c.keyForms()
	for _, spelling := range key.spellings {
		if bytes.Contains(text, []byte(spelling)) { // ReplaceAll copies the text in any case
			text = bytes.ReplaceAll(text, []byte(spelling), []byte(redacted))
		}
	}
	if key.inJSON != nil && bytes.Contains(text, []byte(key.escape)) {
		text = key.inJSON.ReplaceAllLiteral(text, []byte(redacted))
	}
	return text
}

// redactEnd removes the beginning of the key from the end of a body: the connection may have broken within the key.
func (c *Client) redactEnd(text []byte) []byte {
	for _, spelling := range c.keyForms().spellings {
		for n := len(spelling) - 1; n >= shortestKey; n-- {
			if rest, found := bytes.CutSuffix(text, []byte(spelling[:n])); found {
				return append(rest[:len(rest):len(rest)], redacted...)
			}
		}
	}
	return text
}

// hasKey reports whether a text contains the key in any of its spellings.
func (c *Client) hasKey(text string) bool { return string(c.redact([]byte(text))) != text }

// redactText is redact for a text with a limit in bytes.
func (c *Client) redactText(text string, limit int) string {
	return cutText(string(c.redact([]byte(text))), limit)
}

// redactError removes the key from an error of net/http, which quotes what a server sent. Only the text of such an
// error is kept.
func (c *Client) redactError(err error) error {
	if err == nil {
		return nil
	}
	text := err.Error()
	if hidden := string(c.redact([]byte(text))); hidden != text {
		return sentence(hidden)
	}
	return err
}

// keyForms are the ways in which a key may be written. A word shorter than shortestKey is not a key, and has none.
type keyForms struct {
	spellings []string
	inJSON    *regexp.Regexp // matches the key with any of its letters escaped
	escape    string         // what every text with such a key contains
}

func newKeyForms(key string) keyForms {
	if len(key) < shortestKey {
		return keyForms{}
	}
	escape := `\u00`
	if strings.ContainsAny(key, `/"\`) {
		escape = `\`
	}
	return keyForms{spellings(key), jsonPattern(key), escape}
}

// spellings returns a key as it is, and as it is written in a URL, in HTML, in hexadecimal and in base64.
func spellings(key string) []string {
	inHex, inURL := fmt.Sprintf("%x", key), url.QueryEscape(key)
	lowerURL := regexp.MustCompile("%..").ReplaceAllStringFunc(inURL, strings.ToLower)
	all := []string{key, inURL, lowerURL, url.PathEscape(key), html.EscapeString(key), inHex, strings.ToUpper(inHex)}
	for offset := range 3 {
		inside := insideBase64(key, offset)
		all = append(all, inside, strings.NewReplacer("+", "-", "/", "_").Replace(inside))
	}
	return all
}

// insideBase64 returns the part of a longer text's base64 that the key alone determines, if offset bytes (modulo 3)
// precede the key.
func insideBase64(key string, offset int) string {
	bytes := append(make([]byte, offset), key...)
	letters := base64.RawStdEncoding.EncodeToString(bytes)
	return letters[(offset*8+5)/6 : len(bytes)*8/6]
}

// jsonPattern matches a key in JSON. An encoder may write any letter as \u and its number, and JSON within a JSON string
// has more backslashes.
func jsonPattern(key string) *regexp.Regexp {
	var pattern strings.Builder
	for _, letter := range []byte(key) {
		fmt.Fprintf(&pattern, `\\*(?:%s|u00(?i:%02x))`, regexp.QuoteMeta(string(letter)), letter)
	}
	return regexp.MustCompile(pattern.String())
}
