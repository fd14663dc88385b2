package api

import (
	"bytes"
	"encoding/json"
	"strings"
)

// recoverID finds the id of a prediction in any answer, also in one that reports an error, is cut short or has something
// before or after it: the prediction is paid for, and without the id it is lost. It accepts an id only at the paths where
// a prediction has one, and only if it is complete, with its closing quote. An "id" inside the input does not count.
func recoverID(body []byte) string {
	decoder := json.NewDecoder(bytes.NewReader(withoutPrefix(body)))
	decoder.UseNumber()
	walk := idScanner{decoder: decoder}
	return walk.find()
}

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

// idPattern finds what may be a prediction's id in a text that is no complete JSON, followable or not.
var idPattern = lazyRegexp(`"(?:id|task_id|prediction_id)"\s*:\s*(?:$|"(?:$|[^"])|[\d\[{])`)

// namesID reports whether an answer may name a prediction, even if its id cannot be read or followed. Such a create is
// never sent again.
func namesID(body []byte) bool {
	if !json.Valid(body) {
		return idPattern().Match(body)
	}
	var top, data struct {
		ID     json.RawMessage `json:"id"`
		TaskID json.RawMessage `json:"task_id"`
		Status json.RawMessage `json:"status"`
		Data   json.RawMessage `json:"data"`
	}
	_ = json.Unmarshal(body, &top)
	_ = json.Unmarshal(top.Data, &data)
	for _, raw := range []json.RawMessage{top.ID, top.TaskID, data.ID, data.TaskID} {
		if text := string(raw); text != "" && text != "null" && text != `""` {
			return true
		}
	}
	return false
}

// idScanner reads JSON token by token and keeps track of the path.
type idScanner struct {
	decoder *json.Decoder
	path    []string // the keys that lead to the current object or array; "[]" for an array
	key     string   // the last key read
	keyNext bool     // the next token is a key
}

// find returns the first id at an accepted path, "" if the text ends or breaks before one.
func (w *idScanner) find() string {
	for range maxTokens {
		token, err := w.decoder.Token()
		if err != nil {
			return ""
		}
		switch t := token.(type) {
		case json.Delim:
			w.enter(t)
		case string:
			if w.inObject() && w.keyNext {
				w.key, w.keyNext = t, false
				continue
			}
			if id := idAt(w.currentPath(), t); id != "" {
				return id
			}
			w.keyNext = w.inObject()
		default:
			w.keyNext = w.inObject()
		}
	}
	return ""
}

// idPaths are the paths of ids, in the shapes that answers have been seen in.
var idPaths = map[string]bool{
	"/id": true, "/task_id": true, "/prediction_id": true,
	"/data/task_id": true, "/data/id": true, "/data/data/id": true, "/data/prediction_id": true,
	"/result/id": true, "/result/task_id": true, "/prediction/id": true, "/task/id": true,
	"[]//id": true, "[]//task_id": true, "/[]/data/id": true, "/[]/data/task_id": true,
}

// idAt returns the id that the string at a path is, or that the address of a prediction there ends with.
func idAt(path, text string) string {
	if path == "/urls/get" || path == "/data/urls/get" {
		_, text, _ = strings.Cut(text, "/predictions/")
		path = "/id"
	}
	if !idPaths[path] || !validID(text) {
		return ""
	}
	return text
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

// currentPath is the path of the value that was just read.
func (w *idScanner) currentPath() string {
	if !w.inObject() {
		return ""
	}
	return strings.Join(append(w.path[:len(w.path):len(w.path)], w.key), "/")
}
