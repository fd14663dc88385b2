package api

import (
	"bytes"
	"encoding/json"
	"strings"
)

// salvageID finds the id of a prediction in an answer that cannot be read
// otherwise: cut short, or with something after it. It takes an id only where a
// prediction has it (id, data.task_id, data.id, data.data.id), and only whole, with
// its closing quote; "id" inside the input is somebody else's.
func salvageID(body []byte) string {
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.UseNumber()
	walk := walker{decoder: decoder}
	return walk.find()
}

// walker reads JSON token by token and knows where it stands.
type walker struct {
	decoder *json.Decoder
	path    []string // the keys that lead to the object or array it is in; "[]" for an array
	key     string   // the key that was read last
	want    bool     // a key comes next
}

// find returns the first id in a place that counts, "" when the text ends or
// breaks before one.
func (w *walker) find() string {
	for range maxMarks {
		token, err := w.decoder.Token()
		if err != nil {
			return ""
		}
		switch t := token.(type) {
		case json.Delim:
			w.enter(t)
		case string:
			if w.inObject() && w.want {
				w.key, w.want = t, false
				continue
			}
			if idPlaces[w.place()] && validID(t) {
				return t
			}
			w.want = w.inObject()
		default:
			w.want = w.inObject()
		}
	}
	return ""
}

// idPlaces are the paths of ids, in both shapes of an answer.
var idPlaces = map[string]bool{"/id": true, "/data/task_id": true, "/data/id": true, "/data/data/id": true}

// enter follows an opening or closing bracket.
func (w *walker) enter(d json.Delim) {
	switch d {
	case '{':
		w.path = append(w.path, w.key)
		w.want = true
	case '[':
		w.path = append(w.path, "[]")
		w.want = false
	default:
		w.path = w.path[:len(w.path)-1]
		w.want = w.inObject()
	}
}

func (w *walker) inObject() bool {
	return len(w.path) > 0 && w.path[len(w.path)-1] != "[]"
}

// place is the path of the value that was just read.
func (w *walker) place() string {
	if !w.inObject() {
		return ""
	}
	return strings.Join(append(w.path[:len(w.path):len(w.path)], w.key), "/")
}
