package api

import (
	"bytes"
	"encoding/json"
)

// repairLimit is the longest body that is repaired, in bytes.
const repairLimit = 1 << 20

// readableJSON returns the first JSON value in a body that is not quite JSON, as some servers write it: with NaN or Infinity
// (Python's), with line breaks and tabs within strings, with something before or after it. A value that is cut is none. If
// nothing can be read, it returns the body.
func readableJSON(body []byte) []byte {
	if len(body) > repairLimit || countTokens(body) > maxTokens || json.Valid(body) {
		return body
	}
	repaired := make([]byte, 0, len(body))
	var state stringState
	for rest := withoutPrefix(body); len(rest) > 0; {
		b := rest[0]
		switch quoted := state.next(b); {
		case quoted && b < ' ':
			b = ' '
		case !quoted && (b == 'N' || b == 'I' || b == '-'):
			if n := numberWord(rest); n > 0 {
				repaired, rest = append(repaired, "null"...), rest[n:]
				continue
			}
		}
		repaired, rest = append(repaired, b), rest[1:]
	}
	var value json.RawMessage
	if json.NewDecoder(bytes.NewReader(repaired)).Decode(&value) != nil {
		return body
	}
	return value
}

// numberWord returns the length of a number that JSON does not have at the beginning of a text; 0 if there is none.
func numberWord(text []byte) int {
	for _, word := range []string{"NaN", "-NaN", "Infinity", "-Infinity"} {
		if bytes.HasPrefix(text, []byte(word)) {
			return len(word)
		}
	}
	return 0
}
