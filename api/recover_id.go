package api

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
)

// recoverID finds the id of a prediction in any answer, also in one that reports an error, is cut short or has something
// before or after it: the prediction is paid for, and without the id it is lost. It accepts an id only at the paths where
// a prediction has one, and only if it is complete, with its closing quote. An "id" inside the input does not count.
func recoverID(body []byte) string {
	if !mayHaveID(body) {
		return ""
	}
	decoder := json.NewDecoder(bytes.NewReader(withoutPrefix(body)))
	decoder.UseNumber()
	walk := idScanner{decoder: decoder}
	return walk.find()
}

// mayHaveID reports quickly whether a JSON text may have a field that an id is taken from: one whose name ends with "id" or "get", or is
// escaped. Reading token by token costs many times the memory of the text.
func mayHaveID(body []byte) bool {
	return bytes.Contains(body, []byte(`\`)) || fieldPattern().Match(body)
}

var fieldPattern = lazyRegexp(`(?i)(?:id|get)_*"`)

// maxPrefix is how long a text in front of the JSON may be that keeps browsers from running it: ")]}'", "callback(".
const maxPrefix = 64

// withoutPrefix drops such a text. What begins like a page has none.
func withoutPrefix(body []byte) []byte {
	body = bytes.TrimLeft(body, " \t\r\n")
	at := bytes.IndexAny(body, "{[")
	if at <= 0 || at > maxPrefix || bytes.ContainsAny(body[:at], "<\"") {
		return body
	}
	return body[at:]
}

// recoverID finds the id in an answer: in its body, or at the end of the address in its Location. An answer that sends the
// request elsewhere has none there.
func (a answer) recoverID() string {
	if id := recoverID(a.body); id != "" {
		return id
	}
	switch a.status {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		return ""
	}
	for _, name := range []string{"Location", "Content-Location"} {
		if u, err := url.Parse(strings.TrimSpace(a.header.Get(name))); err == nil {
			if id := idOfAddress(u.EscapedPath()); validID(id) {
				return id
			}
		}
	}
	return ""
}

// idOfAddress returns what the address of a prediction ends with; "" if it is not one.
func idOfAddress(address string) string {
	_, id, _ := strings.Cut(address, "/predictions/")
	return strings.TrimSuffix(id, "/")
}

// idPattern finds what may be a prediction's id in a text that is no complete JSON, followable or not.
var idPattern = lazyRegexp(`(?i)"(?:id|task_?id|prediction_?id)"\s*:\s*(?:$|"(?:$|[^"])|[\d\[{])`)

// namesID reports whether an answer may name a prediction, even if its id cannot be read or followed. Such a create is
// never sent again.
func namesID(body []byte) bool {
	if !json.Valid(body) {
		return idPattern().Match(body)
	}
	if !mayHaveID(body) {
		return false
	}
	walk := idScanner{decoder: json.NewDecoder(bytes.NewReader(body))}
	walk.decoder.UseNumber()
	return walk.find() != "" || walk.named
}

// idScanner reads JSON token by token and keeps track of the path.
type idScanner struct {
	decoder *json.Decoder
	path    []string // the keys that lead to the current object or array; "[]" for an array
	key     string   // the last key read
	keyNext bool     // the next token is a key
	named   bool     // there was something at the path of an id, whatever it is
}

// find returns the first id at an accepted path, "" if the text ends or breaks before one.
func (w *idScanner) find() string {
	for range maxTokens {
		token, err := w.decoder.Token()
		if err != nil {
			return ""
		}
		text, isText := token.(string)
		if isText && w.inObject() && w.keyNext {
			w.key, w.keyNext = text, false
			continue
		}
		if token != nil && token != "" && token != json.Delim('}') && token != json.Delim(']') {
			w.named = w.named || w.atID()
		}
		switch t := token.(type) {
		case json.Delim:
			w.enter(t)
		case string:
			if id := w.idAt(t); id != "" {
				return id
			}
			w.keyNext = w.inObject()
		default:
			w.keyNext = w.inObject()
		}
	}
	return ""
}

// idNames are the fields that hold an id, without their _, in lower case; wrapperNames are those that it may be below.
var (
	idNames      = nameSet("id taskid predictionid")
	wrapperNames = nameSet("data result prediction task response")
)

// idAt returns the id that the string just read is, or that the address of a prediction there ends with; "" if neither.
func (w *idScanner) idAt(text string) string {
	if last := len(w.path) - 1; w.key == "get" && last > 0 && w.path[last] == "urls" {
		text = idOfAddress(text)
		if !isWrapped(w.path[:last]) {
			return ""
		}
	} else if !w.atID() {
		return ""
	}
	if !validID(text) {
		return ""
	}
	return text
}

// atID reports whether the value that is read next, or was just read, is where a prediction has its id.
func (w *idScanner) atID() bool {
	return w.inObject() && idNames[strings.ToLower(strings.ReplaceAll(w.key, "_", ""))] && isWrapped(w.path)
}

// isWrapped reports whether a path leads to a prediction: through nothing but wrappers, and lists that are not in a list.
func isWrapped(path []string) bool {
	if len(path) > 2*(wrapperDepth+1) {
		return false
	}
	for i, step := range path {
		inList := step == "[]" && (i == 0 || path[i-1] != "[]")
		if step != "" && !inList && !wrapperNames[strings.ToLower(step)] {
			return false
		}
	}
	return true
}

// enter follows an opening or closing bracket.
func (w *idScanner) enter(d json.Delim) {
	switch d {
	case '{':
		w.path = append(w.path, w.key)
		w.keyNext = true
	case '[':
		w.path = append(w.path, "[]")
		w.keyNext = false
	default:
		w.path = w.path[:len(w.path)-1]
		w.keyNext = w.inObject()
	}
}

func (w *idScanner) inObject() bool {
	return len(w.path) > 0 && w.path[len(w.path)-1] != "[]"
}
