package api

import (
	"bytes"
	"cmp"
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// errorBody is an error body after reading.
type errorBody struct {
	json       bool // the body is a complete JSON object that reports an error
	code       string
	kind       string // CometAPI's error.type
	detail     string
	retryAfter string
	fields     []InvalidField
}

// readErrorBody reads an error body of any shape that has been seen: problem+json (RFC 9457), Replicate's, CometAPI's
// {"error":{…}}, New-API's task error, and those of FastAPI, which cog is built on.
func readErrorBody(body []byte) errorBody {
	var wire struct {
		Error  json.RawMessage `json:"error"`
		Code   json.RawMessage `json:"code"`
		Fields json.RawMessage `json:"invalid_fields"`
	}
	if !decodeObject(body, &wire) {
		return errorBody{}
	}
	c := errorBody{retryAfter: retryAfterIn(body, 0), fields: readFields(wire.Fields)}
	c.code, _ = readString(wire.Code)
	if isObject(wire.Error) {
		var inner struct{ Type, Code json.RawMessage }
		_ = json.Unmarshal(wire.Error, &inner)
		c.kind, _ = readString(inner.Type)
		if code, _ := readString(inner.Code); code != "" {
			c.code = code
		}
	}
	c.detail = cutText(sentenceIn(body, 0), sentenceLimit)
	if isSuccessWord(c.code) {
		c.code = ""
	}
	if isSuccessWord(c.detail) {
		c.detail = ""
	}
	c.code = cutText(c.code, codeLimit)
	c.json = c.detail != "" || c.code != ""
	return c
}

// isSuccessWord reports whether an envelope's code or message says that all is well.
func isSuccessWord(word string) bool {
	return strings.EqualFold(word, "success") || strings.EqualFold(word, "ok")
}

// readFields reads invalid_fields, at most 32 of them.
func readFields(raw json.RawMessage) []InvalidField {
	var rows []struct{ Type, Field, Description json.RawMessage }
	if json.Unmarshal(raw, &rows) != nil {
		return nil
	}
	var fields []InvalidField
	for _, row := range rows[:min(len(rows), 32)] {
		kind, _ := readString(row.Type)
		name, _ := readString(row.Field)
		fields = append(fields, InvalidField{
			Type:        cutText(kind, codeLimit),
			Field:       cutText(name, fieldNameLimit),
			Description: readSentence(row.Description),
		})
	}
	return fields
}

// isErrorBody reports whether a body reports an error, whatever the HTTP status is.
func isErrorBody(body []byte) bool { return readErrorBody(body).json }

// readSentence reads an error's text: a string, a list or an object that holds one, or any other JSON as it is. null,
// false and {} are no error.
func readSentence(raw json.RawMessage) string {
	raw = bytes.TrimSpace(raw)
	if text := sentenceIn(raw, 0); text != "" {
		return cutText(text, sentenceLimit)
	}
	switch string(raw) {
	case "", "null", "false", "true", "{}", "[]", `""`:
		return ""
	}
	return cutText(string(raw), sentenceLimit)
}

// Limits of the search for a sentence.
const (
	sentenceDepth = 6 // objects and lists within each other
	sentenceParts = 8 // complaints in one sentence
)

// sentenceKeys are the fields that hold an error's text, in lower case, the most telling first. A text in "error" is often
// only the name of the HTTP status.
var sentenceKeys = []string{
	"faultstring", "detail", "error{", "fault", "errors", "invalid-params", "invalid_params", "violations", "issues", "fieldviolations", "message", "msg", "error_message", "errormessage", "error_msg", "errormsg",
	"error_description", "error", "fail_reason", "failreason", "reason", "description", "title", "details", "issue",
}

// fieldKeys name the parameter that an error is about.
var fieldKeys = []string{"loc", "param", "parameter", "field", "property", "path", "pointer", "name"}

// sentenceIn returns the text in an error's JSON; "" if there is none.
func sentenceIn(raw json.RawMessage, depth int) string {
	raw = bytes.TrimSpace(raw)
	if depth > sentenceDepth || len(raw) == 0 {
		return ""
	}
	switch raw[0] {
	case '"':
		text, _ := readString(raw)
		if at := strings.IndexAny(text, "{["); at >= 0 && json.Valid([]byte(text[at:])) { // "upstream: {…}"
			if s := sentenceIn([]byte(text[at:]), depth+1); s != "" {
				return text[:at] + s
			}
		}
		return text
	case '[':
		var list []json.RawMessage
		_ = json.Unmarshal(raw, &list)
		return joinSentences(list, depth)
	case '{':
		return sentenceInObject(lowerFields(raw), depth)
	}
	return ""
}

// lowerFields returns the fields of an object by their names in lower case.
func lowerFields(raw json.RawMessage) map[string]json.RawMessage {
	var object map[string]json.RawMessage
	_ = json.Unmarshal(raw, &object)
	for _, name := range slices.Sorted(maps.Keys(object)) {
		if lower := strings.ToLower(name); lower != name {
			object[lower] = object[name]
			delete(object, name)
		}
	}
	return object
}

// joinSentences joins what the elements of a list say.
func joinSentences(list []json.RawMessage, depth int) string {
	var parts []string
	for _, item := range list[:min(len(list), sentenceParts)] {
		if text := strings.TrimRight(sentenceIn(item, depth+1), ". "); text != "" {
			parts = append(parts, text)
		}
	}
	return strings.Join(parts, "; ")
}

// sentenceInObject returns what an object says, with the parameter in front that it names.
func sentenceInObject(object map[string]json.RawMessage, depth int) string {
	phrase := ""
	for _, key := range sentenceKeys {
		name, nested := strings.CutSuffix(key, "{")
		raw := object[name]
		if _, isText := readString(raw); nested && isText {
			continue
		}
		text := sentenceIn(raw, depth+1)
		if text == "" && isObject(raw) {
			text = sentenceByField(raw, depth+1)
		}
		switch {
		case text == "":
		case isStatusPhrase(text):
			phrase = cmp.Or(phrase, text)
		default:
			return withField(object, text)
		}
	}
	return phrase
}

// isStatusPhrase reports whether a text is no more than the name of an HTTP error.
func isStatusPhrase(text string) bool {
	for status := 400; status < 512; status++ {
		if phrase := http.StatusText(status); phrase != "" && strings.EqualFold(strings.TrimRight(text, "."), phrase) {
			return true
		}
	}
	return false
}

// sentenceByField reads an object with a parameter for each complaint: {"prompt": ["is required"]}.
func sentenceByField(raw json.RawMessage, depth int) string {
	if depth > sentenceDepth {
		return ""
	}
	var object map[string]json.RawMessage
	_ = json.Unmarshal(raw, &object)
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(object)) {
		text := sentenceIn(object[name], depth+1)
		if text == "" && isObject(object[name]) {
			text = sentenceByField(object[name], depth+1)
		}
		if text != "" && len(parts) < sentenceParts {
			parts = append(parts, cutText(name, fieldNameLimit)+": "+text)
		}
	}
	return strings.Join(parts, "; ")
}

// withField puts the parameter that an error names in front of its text, if the text lacks it.
func withField(object map[string]json.RawMessage, text string) string {
	if isObject(object["source"]) { // of JSON:API
		object = lowerFields(object["source"])
	}
	for _, key := range fieldKeys {
		name := fieldName(object[key])
		if key == "name" && object["reason"] == nil { // RFC 9457's example has the two; elsewhere it is the error's name
			continue
		}
		if name == "" {
			continue
		}
		if strings.Contains(text, name) {
			return text
		}
		return name + ": " + text
	}
	return text
}

// fieldName reads a parameter's name: a string ("input.seed", "/input/seed") or a list of steps (FastAPI's loc). What
// leads to the input is left out.
func fieldName(raw json.RawMessage) string {
	var steps []string
	if name, ok := readString(raw); ok {
		steps = strings.FieldsFunc(name, func(r rune) bool { return r == '.' || r == '/' })
	} else {
		var list []any
		_ = json.Unmarshal(raw, &list)
		for _, step := range list {
			switch step := step.(type) {
			case string:
				steps = append(steps, step)
			case float64:
				steps = append(steps, strconv.FormatFloat(step, 'f', -1, 64))
			}
		}
	}
	for len(steps) > 1 && slices.Contains([]string{"body", "input", "data", "attributes", "#"}, steps[0]) {
		steps = steps[1:]
	}
	return cutText(strings.Join(steps, "."), fieldNameLimit)
}
