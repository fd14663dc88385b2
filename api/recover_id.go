package api

import (
	"bytes"
	"encoding/json"
	"strings"
)

// recoverID finds the id of a prediction in an answer that cannot be parsed, because it is cut short or followed by
// something else: the prediction is paid for, and without the id it is lost. It accepts an id only at the paths where a
// prediction has one, and only if it is complete, with its closing quote. An "id" inside the input does not count.
func recoverID(body []byte) string {
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.UseNumber()
	walk := idScanner{decoder: decoder}
	return walk.find()
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
			if idPaths[w.currentPath()] && validID(t) {
				return t
			}
			w.keyNext = w.inObject()
		default:
			w.keyNext = w.inObject()
		}
	}
	return ""
}

// idPaths are the paths of ids, in both shapes of an answer.
var idPaths = map[string]bool{"/id": true, "/data/task_id": true, "/data/id": true, "/data/data/id": true}

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
