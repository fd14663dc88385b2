package api

import (
	"bytes"
	"cmp"
	"encoding/json"
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// maxRetryAfter limits every wait that a server asks for, so that a nonsensical one stays a time that can be calculated with.
const maxRetryAfter = 365 * 24 * time.Hour

// span is numbers with units: "30s", "2 minutes", "1.5", "1m30s", "1 minute and 5 seconds".
const span = `(?:\d+(?:\.\d+)?\s*(?:milliseconds?|ms|hours?|hrs?|h|minutes?|mins?|m|seconds?|secs?|s)?\s*(?:and\s+)?)+`

var (
	// resetPattern finds the wait in a sentence: "Your rate limit resets in ~30s.", "Expected available in 1 second.", "try
	// again in 1m30s", "please wait 20 seconds".
	resetPattern = lazyRegexp(`(?i)\b(?:(?:resets?|available|again|retry)\s+(?:in|after)|wait)\s+(?:for\s+)?~?\s*(` + span + `)`)
	// spanPattern is a text that consists of nothing but a wait.
	spanPattern = lazyRegexp(`(?i)^~?\s*` + span + `$`)
	// policyPattern finds the wait in a RateLimit header: "default";r=0;t=7 (draft-ietf-httpapi-ratelimit-headers).
	policyPattern = lazyRegexp(`(?:^|[;,])\s*t=(\d+)`)
	partPattern   = lazyRegexp(`(?i)(\d+(?:\.\d+)?)\s*([a-z]*)`)
)

// retryAfter returns how long the server asks to wait. In order of precedence: the headers retry-after-ms and Retry-After
// (seconds, or a date by the server's clock if it sent its Date), retry_after in the body, the sentence, and for a 429
// the headers that say when the limit resets. A value that cannot be read counts as absent.
func retryAfter(a answer, problem errorBody, now time.Time) (time.Duration, bool) {
	if !a.date.IsZero() {
		now = a.date
	}
	if ms := a.header.Get("Retry-After-Ms"); ms != "" {
		if wait, ok := readWait(strings.TrimSpace(ms)+"ms", now); ok {
			return wait, true
		}
	}
	asked := []string{a.header.Get("Retry-After"), problem.retryAfter}
	if m := resetPattern().FindStringSubmatch(problem.detail); m != nil {
		asked = append(asked, m[1])
	}
	if a.status == http.StatusTooManyRequests {
		for _, name := range resetHeaders {
			asked = append(asked, a.header.Get(name))
		}
		if m := policyPattern().FindStringSubmatch(a.header.Get("Ratelimit")); m != nil {
			asked = append(asked, m[1])
		}
	}
	for _, text := range asked {
		if wait, ok := readWait(text, now); ok {
			return wait, true
		}
	}
	return 0, false
}

// resetHeaders say when a rate limit resets: in seconds, or as seconds since 1970. Servers send them in every answer, so
// they ask to wait in a 429 only.
var resetHeaders = []string{
	"Ratelimit-Reset", "X-Ratelimit-Reset", "X-Ratelimit-Reset-After", "X-Rate-Limit-Reset", "X-Ratelimit-Reset-Requests",
}

// retryNames are the fields that hold a wait, without their _, in lower case.
var retryNames = nameSet("retryafter retryafterseconds retrydelay")

// retryAfterIn returns the wait that an error's JSON asks for, in the error itself or in an object within it; "" if there is none.
func retryAfterIn(raw json.RawMessage, depth int) string {
	raw = bytes.TrimSpace(raw)
	switch {
	case depth > sentenceDepth || len(raw) == 0:
	case raw[0] == '[':
		var list []json.RawMessage
		_ = json.Unmarshal(raw, &list)
		for _, item := range list {
			if text := retryAfterIn(item, depth+1); text != "" {
				return text
			}
		}
	case raw[0] == '{':
		fields := fieldsOf(raw)
		for _, field := range fields {
			if retryNames[strings.ToLower(strings.ReplaceAll(field.name, "_", ""))] {
				text, _ := readString(field.value)
				return cmp.Or(text, string(jsonNumber(field.value)))
			}
		}
		for _, field := range fields {
			if text := retryAfterIn(field.value, depth+1); text != "" && field.name != "input" {
				return text
			}
		}
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

// readWait reads seconds (with or without a fraction), a number with units ("~30s", "1m30s"), a date, or seconds or
// milliseconds since 1970. The result is from 0 to maxRetryAfter.
func readWait(text string, now time.Time) (time.Duration, bool) {
	text = strings.TrimSpace(text)
	if text == "" || len(text) > 100 {
		return 0, false
	}
	if at, ok := readDate(text); ok {
		return limitWait(at.Sub(now).Seconds())
	}
	seconds, err := strconv.ParseFloat(text, 64)
	switch {
	case err != nil && !spanPattern().MatchString(text), strings.ContainsAny(text, "xXpP_"):
		return 0, false
	case err != nil:
		return limitWait(readSpan(text))
	case seconds >= 1e11 && seconds < 1e15: // milliseconds since 1970
		return limitWait(time.UnixMilli(int64(seconds)).Sub(now).Seconds())
	case seconds >= 1e9 && seconds < 1e11: // seconds since 1970: nobody asks to wait for thirty years
		return limitWait(time.Unix(int64(seconds), 0).Sub(now).Seconds())
	}
	return limitWait(seconds)
}

// readDate reads a date in one of HTTP's formats, or as RFC 3339.
func readDate(text string) (time.Time, bool) {
	if t, err := http.ParseTime(text); err == nil {
		return t, true
	}
	t, err := time.Parse(time.RFC3339, text)
	return t, err == nil
}

// readSpan adds up the parts of a wait, in seconds.
func readSpan(text string) (seconds float64) {
	for _, m := range partPattern().FindAllStringSubmatch(text, -1) {
		amount, _ := strconv.ParseFloat(m[1], 64)
		switch unit := strings.ToLower(m[2]); {
		case strings.HasPrefix(unit, "ms"), strings.HasPrefix(unit, "milli"):
			seconds += amount / 1000
		case strings.HasPrefix(unit, "m"):
			seconds += amount * 60
		case strings.HasPrefix(unit, "h"):
			seconds += amount * 3600
		default:
			seconds += amount
		}
	}
	return seconds
}

// limitWait converts seconds to a wait. It is false for what is no number of seconds that a server could mean.
func limitWait(seconds float64) (time.Duration, bool) {
	if math.IsNaN(seconds) || math.IsInf(seconds, 0) || seconds >= 1e11 {
		return 0, false
	}
	return time.Duration(min(max(seconds, 0), maxRetryAfter.Seconds()) * float64(time.Second)), true
}
