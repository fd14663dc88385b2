package api

import (
	"bytes"
	"encoding/json"
	"strings"
)

// recoverID finds the id of a prediction in an answer that cannot be read
// otherwise: cut short, or with something after it. It takes an id only where a
// prediction has it (id, data.task_id, data.id, data.data.id), and only whole, with
// its closing quote; "id" inside the input is somebody else's.
func recoverID(body []byte) string {
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.UseNumber()
	walk := idScanner{decoder: decoder}
	return walk.find()
}

// idScanner reads JSON token by token and knows where it stands.
type idScanner struct {
	decoder *json.Decoder
	path    []string // the keys that lead to the object or array it is in; "[]" for an array
	key     string   // the key that was read last
	keyNext bool     // a key comes next
}

// find returns the first id in a place that counts, "" when the text ends or
// breaks before one.
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
