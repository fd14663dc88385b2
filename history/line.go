package history

import (
	"bytes"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"sync"

	"tintype/history/jsonscan"
)

// LineLimit is the longest line that is written or read, in bytes.
const LineLimit = 1 << 20

// isKnownField reports whether Entry has a field of that name. Other fields are carried through.
func isKnownField(name []byte) bool {
	_, ok := fieldOrder()[string(name)]
	return ok
}

// decode reads one line. A field of an unexpected type, as a newer version may write it, is left zero and carried through.
func decode(line []byte) (Entry, error) {
	line, _ = jsonscan.TrimLine(line)
	var e Entry
	err := json.Unmarshal(line, &e)
	var mismatch *json.UnmarshalTypeError
	mismatched := errors.As(err, &mismatch)
	if err != nil && !mismatched {
		return Entry{}, err
	}
	if mismatched {
		e = decodeFields(line)
	}
	if e.Key == "" {
		return Entry{}, errors.New("The line has no key.")
	}
	if e.State == "" && e.V <= Version {
		return Entry{}, errors.New("The line has no state.")
	}
	if mismatched || e.V > Version || hasUnknown(line) {
		e.raw = rawFields(line)
	}
	return e, nil
}

// decodeFields reads the fields of a line one by one, and omits those of an unexpected type.
func decodeFields(line []byte) (e Entry) {
	for name, value := range rawFields(line) {
		try := e
		if json.Unmarshal(joinRaw(map[string]json.RawMessage{name: value}), &try) == nil {
			e = try
		}
	}
	return e
}

// hasUnknown reports whether a line has a field that Entry does not have.
func hasUnknown(line []byte) bool {
	unknown := false
	jsonscan.Fields(line, func(name, _ []byte) {
		if !isKnownField(name) {
			unknown = true
		}
	})
	return unknown
}

// MarshalLine returns the entry as a line of the journal, with its line feed. Only the characters that JSON requires are
// escaped, so that text stays readable.
func (e Entry) MarshalLine() ([]byte, error) {
	raw := e.raw
	e.raw = nil
	b, err := marshal(e)
	if err != nil {
		return nil, err
	}
	if raw != nil {
		if b, err = mergeRaw(b, raw); err != nil {
			return nil, err
		}
	}
	return append(b, '\n'), nil
}

// mergeRaw restores the fields that are unknown, or that were not changed, as they were in the line that the entry was read
// from.
func mergeRaw(b []byte, raw map[string]json.RawMessage) ([]byte, error) {
	before, _ := decode(joinRaw(raw))
	before.raw = nil
	plain, err := marshal(before)
	if err != nil {
		return nil, err
	}
	old, fields := rawFields(plain), rawFields(b)
	for name, value := range raw {
		if !isKnownField([]byte(name)) || bytes.Equal(old[name], fields[name]) {
			fields[name] = value
		}
	}
	return joinRaw(fields), nil
}

// joinRaw writes fields as an object: the known ones in their usual order, then the others by name.
func joinRaw(fields map[string]json.RawMessage) []byte {
	names := slices.SortedFunc(maps.Keys(fields), func(a, b string) int {
		if x, y := fieldRank(a), fieldRank(b); x != y {
			return x - y
		}
		return bytes.Compare([]byte(a), []byte(b))
	})
	out := []byte{'{'}
	for i, name := range names {
		if i > 0 {
			out = append(out, ',')
		}
		out = append(append(out, mustMarshal(name)...), ':')
		out = append(out, fields[name]...)
	}
	return append(out, '}')
}

var fieldOrder = sync.OnceValue(func() map[string]int {
	order := map[string]int{}
	jsonscan.Fields(mustMarshal(fullEntry()), func(name, _ []byte) { order[string(name)] = len(order) })
	return order
})

func fieldRank(name string) int {
	if rank, ok := fieldOrder()[name]; ok {
		return rank
	}
	return len(fieldOrder())
}

// rawFields returns the fields of an object, not decoded. If a field is repeated, it returns the last one.
func rawFields(line []byte) map[string]json.RawMessage {
	fields := map[string]json.RawMessage{}
	jsonscan.Fields(line, func(name, value []byte) { fields[string(name)] = bytes.Clone(value) })
	return fields
}

func marshal(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte{'\n'}), nil
}

func mustMarshal(v any) []byte {
	b, err := marshal(v)
	if err != nil {
		panic(err)
	}
	return b
}
