package api

import (
	"encoding/json"
	"net/http"
	"testing"
	"time"
)

func TestRetryAfter(t *testing.T) {
	now := time.Date(2026, 3, 12, 12, 0, 0, 0, time.UTC)
	const none = time.Duration(-1)
	for name, test := range map[string]struct {
		header, body, detail string
		want                 time.Duration
	}{
		"nothing":               {"", "", "", none},
		"seconds":               {"7", "", "", 7 * time.Second},
		"zero":                  {"0", "", "", 0},
		"a fraction":            {"1.5", "", "", 1500 * time.Millisecond},
		"negative":              {"-3", "", "", 0},
		"absurd":                {"1000000000", "", "", maxRetryAfter},
		"beyond numbers":        {"99999999999999999999999999", "", "", maxRetryAfter},
		"1e309":                 {"1e309", "", "", maxRetryAfter},
		"a date":                {"Thu, 12 Mar 2026 12:00:23 GMT", "", "", 23 * time.Second},
		"a date gone":           {"Thu, 12 Mar 2026 11:00:00 GMT", "", "", 0},
		"a date far away":       {"Fri, 12 Mar 2027 12:00:00 GMT", "", "", maxRetryAfter},
		"rfc 850":               {"Thursday, 12-Mar-26 12:00:10 GMT", "", "", 10 * time.Second},
		"garbage":               {"soon", "", "", none},
		"not a number":          {"NaN", "", "", none},
		"hexadecimal":           {"0x10", "", "", none},
		"garbage, then body":    {"soon", "5", "", 5 * time.Second},
		"header over body":      {"2", "5", "in ~30s", 2 * time.Second},
		"body":                  {"", "5", "", 5 * time.Second},
		"body as text":          {"", `"5"`, "", 5 * time.Second},
		"body null":             {"", "null", "", none},
		"body object":           {"", "{}", "", none},
		"body over sentence":    {"", "5", "Your rate limit resets in ~30s.", 5 * time.Second},
		"sentence":              {"", "", "Your rate limit resets in ~30s.", 30 * time.Second},
		"older sentence":        {"", "", "Expected available in 1 second.", time.Second},
		"milliseconds":          {"", "", "Please try again in 20ms.", 20 * time.Millisecond},
		"minutes":               {"", "", "try again in 2 minutes", 2 * time.Minute},
		"a sentence that is no": {"", "", "burst of 1 requests in 6 minutes", none},
	} {
		a := answer{status: 503, header: http.Header{}}
		if test.header != "" {
			a.header.Set("Retry-After", test.header)
		}
		got, ok := retryAfter(a, complaint{retryAfter: json.RawMessage(test.body), detail: test.detail}, now)
		if ok != (test.want != none) || ok && got != test.want {
			t.Errorf("%s: %v, %v", name, got, ok)
		}
	}
}

func TestRetryAfterByTheServersClock(t *testing.T) {
	wrong := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	a := answer{header: http.Header{"Retry-After": {"Thu, 12 Mar 2026 12:00:23 GMT"}}, date: time.Date(2026, 3, 12, 12, 0, 0, 0, time.UTC)}
	if got, ok := retryAfter(a, complaint{}, wrong); !ok || got != 23*time.Second {
		t.Errorf("%v, %v", got, ok)
	}
	a = answer{status: 429, header: http.Header{"Ratelimit-Reset": {"1"}}}
	if got, ok := retryAfter(a, complaint{}, wrong); !ok || got != time.Second {
		t.Errorf("%v, %v", got, ok)
	}
	a.status = 200
	if _, ok := retryAfter(a, complaint{}, wrong); ok {
		t.Error("every answer of Replicate has ratelimit-reset; only a 429 is asking")
	}
}

func FuzzRetryAfter(f *testing.F) {
	for _, seed := range []string{"7", "-1", "1e309", "Thu, 12 Mar 2026 12:00:23 GMT", "resets in ~30s", "try again in 2 minutes", "NaN", "1.5ms"} {
		f.Add(seed, seed, seed)
	}
	now := time.Date(2026, 3, 12, 12, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, header, body, detail string) {
		a := answer{status: 429, header: http.Header{"Retry-After": {header}, "Ratelimit-Reset": {body}}}
		wait, ok := retryAfter(a, complaint{retryAfter: json.RawMessage(body), detail: detail}, now)
		if wait < 0 || wait > maxRetryAfter || !ok && wait != 0 {
			t.Fatalf("%v, %v", wait, ok)
		}
	})
}
