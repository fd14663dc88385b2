package api

import (
	"bytes"
	"encoding/json"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// Limits of single fields. The history keeps a prediction in one line, so its fields must stay small.
const (
	outputsLimit   = 64        // outputs of one prediction
	addressesLimit = 64 << 10  // bytes of all its output URLs together
	metricsLimit   = 64        // metrics of one prediction
	wordLimit      = 200       // bytes of a status, a model's name, a version, a metric's name
	sentenceLimit  = 2 << 10   // bytes of an error's text
	codeLimit      = 100       // bytes of a code in an error body
	fieldNameLimit = 200       // bytes of a field's name in an error body
	requestIDLimit = 128       // bytes of a provider's request id
	logsLimit      = 256 << 10 // bytes; the end is kept
)

// readString reads a JSON string; ok is false for anything else.
func readString(raw json.RawMessage) (s string, ok bool) {
	if len(raw) == 0 || raw[0] != '"' || json.Unmarshal(raw, &s) != nil {
		return "", false
	}
	return s, true
}

// readWord reads a short string; "" for anything else.
func readWord(raw json.RawMessage) string {
	word, _ := readString(raw)
	return cutText(word, wordLimit)
}

// cutText returns at most the first n bytes, without splitting a character.
func cutText(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// readLogs reads the log: a string, or an array of lines. If it is too long, its end is kept, starting at a full line.
func readLogs(raw json.RawMessage) string {
	logs, ok := readString(raw)
	if !ok {
		var lines []string
		if json.Unmarshal(raw, &lines) != nil {
			return ""
		}
		logs = strings.Join(lines, "\n")
	}
	if len(logs) <= logsLimit {
		return logs
	}
	logs = logs[len(logs)-logsLimit:]
	if i := strings.IndexByte(logs, '\n'); i >= 0 {
		logs = logs[i+1:]
	}
	return strings.ToValidUTF8(logs, "")
}

// readInput reads the echoed input. Numbers are float64 where that is exact, json.Number otherwise.
func readInput(raw json.RawMessage) map[string]any {
	var input map[string]any
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	if decoder.Decode(&input) != nil {
		return nil
	}
	for key, value := range input {
		input[key] = exactNumbers(value)
	}
	return input
}

// exactNumbers converts each json.Number that a float64 holds exactly.
func exactNumbers(value any) any {
	switch v := value.(type) {
	case json.Number:
		f, err := v.Float64()
		if err != nil || math.Abs(f) >= 1<<53 {
			return v
		}
		return f
	case []any:
		for i := range v {
			v[i] = exactNumbers(v[i])
		}
	case map[string]any:
		for key := range v {
			v[key] = exactNumbers(v[key])
		}
	}
	return value
}

// limitAddresses drops URLs once they exceed the limit together. A data: URL does not count: it is limited by the size
// of the answer.
func limitAddresses(outputs []string) []string {
	left := addressesLimit
	return slices.DeleteFunc(outputs, func(address string) bool {
		if IsDataURL(address) {
			return false
		}
		left -= len(address)
		return left < 0
	})
}

// readMetrics returns the metrics that are numbers, in the order of their names up to the limit.
func readMetrics(raw json.RawMessage) map[string]float64 {
	var values map[string]json.RawMessage
	if json.Unmarshal(raw, &values) != nil || len(values) == 0 {
		return nil
	}
	metrics := make(map[string]float64, min(len(values), metricsLimit))
	for _, name := range slices.Sorted(maps.Keys(values)) {
		var f float64
		value := values[name]
		if len(metrics) < metricsLimit && len(name) <= wordLimit && len(value) > 0 && value[0] != 'n' && json.Unmarshal(value, &f) == nil {
			metrics[name] = f
		}
	}
	return metrics
}

// timeLayouts are the formats of time that have been seen; each accepts a fraction of 0 to 9 digits. A time without a
// zone is UTC.
var timeLayouts = []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05"}

// firstSecond is the first second of 1971.
const firstSecond = 365 * 24 * 60 * 60

// readTime reads a time, as text or as seconds since 1970. Anything else is the zero time, and so is one of 1970 or before, which
// some servers give for none.
func readTime(raw json.RawMessage) time.Time {
	text, ok := readString(raw)
	if !ok {
		seconds, err := strconv.ParseInt(string(bytes.TrimSpace(raw)), 10, 64)
		if err != nil || seconds < firstSecond || seconds > 1<<35 {
			return time.Time{}
		}
		return time.Unix(seconds, 0).UTC()
	}
	for _, layout := range timeLayouts {
		if t, err := time.Parse(layout, strings.TrimSpace(text)); err == nil && t.Unix() >= firstSecond {
			return t.UTC()
		}
	}
	return time.Time{}
}

// timeOr returns t, or the raw time if t is zero.
func timeOr(t time.Time, raw json.RawMessage) time.Time {
	if t.IsZero() {
		return readTime(raw)
	}
	return t
}

// readProgress reads an envelope's progress ("42%") as 0 to 1; 0 means unknown.
func readProgress(raw json.RawMessage) float64 {
	text, _ := readString(raw)
	percent, err := strconv.ParseFloat(strings.TrimSuffix(strings.TrimSpace(text), "%"), 64)
	if err != nil || !(percent > 0) {
		return 0
	}
	return min(percent/100, 1)
}

// unquoteJSON returns the JSON inside a JSON string, or raw itself.
func unquoteJSON(raw json.RawMessage) json.RawMessage {
	if s, ok := readString(raw); ok {
		return json.RawMessage(s)
	}
	return raw
}
