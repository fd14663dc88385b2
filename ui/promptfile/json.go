package promptfile

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
)

// looksLikeObjects reports whether data begins with an object, or a list of them, that has a prompt or an input, or that goes over several
// lines, none of which can be meant as a prompt.
func looksLikeObjects(data []byte) bool {
	if len(data) == 0 || data[0] != '{' && data[0] != '[' {
		return false
	}
	d := json.NewDecoder(bytes.NewReader(data))
	if data[0] == '[' {
		_, _ = d.Token()
		if !d.More() {
			return true
		}
	}
	var first map[string]json.RawMessage
	if d.Decode(&first) != nil {
		return false
	}
	return first["prompt"] != nil || first["input"] != nil || bytes.Contains(data[:d.InputOffset()], []byte("\n"))
}

// readJSON reads objects, or lists of them. An object is a prediction as --json prints it, with its model and its input, or has the
// parameters itself.
func (r *reader) readJSON(data []byte) {
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	lines := lineCounter{data: data}
	inList := false
	for {
		at := skipBlank(data, d.InputOffset(), inList)
		line := lines.at(at)
		switch first := byteAt(data, at); {
		case first == 0 && !inList:
			return
		case first == '[' && !inList, first == ']' && inList:
			if _, err := d.Token(); err != nil {
				r.errors.Add(line, jsonError(err))
				return
			}
			inList = first == '['
			continue
		}
		var object map[string]any
		if err := d.Decode(&object); err != nil {
			var wrong *json.UnmarshalTypeError
			if errors.As(err, &wrong) {
				r.errors.Add(line, fmt.Errorf("a row is an object, and not a %s", wrong.Value))
				continue
			}
			r.errors.Add(line, jsonError(err))
			return // where the next one begins is not known
		}
		row, err := readObject(object, line)
		if err != nil {
			r.errors.Add(line, err)
			continue
		}
		r.add(row)
	}
}

// skipBlank returns where the next value begins.
func skipBlank(data []byte, at int64, inList bool) int64 {
	for at < int64(len(data)) {
		c := data[at]
		if !strings.ContainsRune(" \t\r\n", rune(c)) && (c != ',' || !inList) {
			break
		}
		at++
	}
	return at
}

// byteAt returns a byte of data; 0 after its end.
func byteAt(data []byte, at int64) byte {
	if at >= int64(len(data)) {
		return 0
	}
	return data[at]
}

// A lineCounter counts lines up to places that only grow.
type lineCounter struct {
	data []byte
	from int64
	line int
}

func (c *lineCounter) at(offset int64) int {
	offset = min(max(offset, c.from), int64(len(c.data)))
	c.line += bytes.Count(c.data[c.from:offset], []byte("\n"))
	c.from = offset
	return c.line + 1
}

// jsonError makes a sentence of a mistake in JSON.
func jsonError(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return errors.New("this JSON has no end")
	}
	return fmt.Errorf("this is not JSON: %w", err)
}

// readObject reads a row from an object.
func readObject(object map[string]any, line int) (Row, error) {
	row := Row{Line: line, Exact: true, Input: map[string]any{}}
	if object == nil {
		return row, errors.New("a row is an object, and not null")
	}
	input, hasInput := object["input"].(map[string]any)
	if !hasInput && object["input"] != nil {
		return row, errors.New("input is an object")
	}
	for name, v := range object {
		if v == nil {
			continue
		}
		if err := row.setField(name, v, hasInput); err != nil {
			return row, err
		}
	}
	for name, v := range input {
		if v != nil {
			row.Input[name] = plain(v)
		}
	}
	if hasInput && row.Input["seed"] == nil && object["state"] == "done" { // one that failed may succeed with another seed
		row.Made = plain(object["seed"])
	}
	if v, given := row.Input["prompt"]; given {
		var ok bool
		if row.Prompt, ok = v.(string); !ok {
			return row, errors.New("prompt must be a text in quotes")
		}
		delete(row.Input, "prompt")
	}
	return row, nil
}

// setField sets what a field of an object says, which is a parameter if the object has no input.
func (row *Row) setField(name string, v any, hasInput bool) error {
	var ok bool
	switch {
	case name == "model":
		if row.Model, ok = v.(string); !ok {
			return errors.New("model must be a text in quotes")
		}
	case name == "version":
		if row.Version, ok = v.(string); !ok {
			return errors.New("version must be a text in quotes")
		}
	case name == "repeat":
		return row.setRepeat(fmt.Sprint(v))
	case name == "key" && hasInput: // a prediction, from which the row is made
		row.Parent, _ = v.(string)
	case name == "parent" && !hasInput:
		if row.Parent, ok = v.(string); !ok {
			return errors.New("parent must be the key of a prediction, a text in quotes")
		}
	case !hasInput:
		row.Input[name] = plain(v)
	}
	return nil
}

// plain returns a value without the number type of the decoder.
func plain(v any) any {
	switch v := v.(type) {
	case json.Number:
		if n, err := v.Int64(); err == nil {
			return n
		}
		f, err := v.Float64()
		if err != nil || !strings.ContainsAny(v.String(), ".eE") { // a whole number that is too large stays as it is written
			return v.String()
		}
		return f
	case []any:
		for i := range v {
			v[i] = plain(v[i])
		}
	case map[string]any:
		for name := range v {
			v[name] = plain(v[name])
		}
	}
	return v
}
