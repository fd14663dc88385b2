package api

import (
	"encoding/json"
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// maxRetryAfter limits every wait that a server asks for.
const maxRetryAfter = 5 * time.Minute

// resetPattern finds the wait in a sentence: "Your rate limit resets in ~30s.", "Expected available in 1 second.", "try
// again in 20 seconds".
var resetPattern = lazyRegexp(`(?i)\b(?:resets?|available|again|retry)\s+(?:in|after)\s+~?\s*(\d+(?:\.\d+)?)\s*(ms|milliseconds?|m|min|minutes?|s|secs?|seconds?)?\b`)

// retryAfter returns how long the server asks to wait, 0 to 5 minutes. In order of precedence: the Retry-After header
// (seconds, or a date by the server's clock if it sent its Date), retry_after in the body, the sentence, and for a 429
// the ratelimit-reset header. A value that cannot be read counts as absent.
func retryAfter(a answer, problem errorBody, now time.Time) (time.Duration, bool) {
	if !a.date.IsZero() {
		now = a.date
	}
	if wait, ok := readWait(a.header.Get("Retry-After"), now); ok {
		return wait, true
	}
	text, isText := readString(problem.retryAfter)
	if !isText {
		text = string(jsonNumber(problem.retryAfter))
	}
	if wait, ok := readWait(text, now); ok {
		return wait, true
	}
	if m := resetPattern().FindStringSubmatch(problem.detail); m != nil {
		return readWait(m[1]+waitUnit(m[2]), now)
	}
	if a.status == http.StatusTooManyRequests {
		return readWait(a.header.Get("Ratelimit-Reset"), now)
	}
	return 0, false
}

// waitUnit converts a unit in a sentence to one that readWait knows.
func waitUnit(word string) string {
	switch word = strings.ToLower(word); {
	case strings.HasPrefix(word, "ms"), strings.HasPrefix(word, "milli"):
		return "ms"
	case strings.HasPrefix(word, "m"):
		return "m"
	}
	return ""
}

// jsonNumber returns raw if it is a JSON number, else nil.
func jsonNumber(raw json.RawMessage) json.RawMessage {
	var n json.Number
	if len(raw) == 0 || raw[0] == '"' || json.Unmarshal(raw, &n) != nil {
		return nil
	}
	return raw
}

// readWait reads seconds (with or without a fraction, or with "ms" or "m" appended) or a date, limited to 0 to
// maxRetryAfter.
func readWait(text string, now time.Time) (time.Duration, bool) {
	text = strings.TrimSpace(text)
	if text == "" || len(text) > 100 {
		return 0, false
	}
	if t, err := http.ParseTime(text); err == nil {
		return min(max(t.Sub(now), 0), maxRetryAfter), true
	}
	unit := time.Second
	if digits, ok := strings.CutSuffix(text, "ms"); ok {
		text, unit = digits, time.Millisecond
	} else if digits, ok := strings.CutSuffix(text, "m"); ok {
		text, unit = digits, time.Minute
	}
	amount, err := strconv.ParseFloat(text, 64)
	if math.IsNaN(amount) || err != nil && !math.IsInf(amount, 0) || strings.ContainsAny(text, "xXpP_nN") {
		return 0, false
	}
	wait := amount * float64(unit)
	return time.Duration(min(max(wait, 0), float64(maxRetryAfter))), true
}
