package api

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"testing"
	"time"
)

// Row "429 with Retry-After": in seconds, as a date by the server's clock, in the body or in a sentence, absurd or
// malformed, the wait is of any length up to a year, or absent.
func TestFault429WithRetryAfter(t *testing.T) {
	t.Parallel()
	const none = time.Duration(-1)
	for name, test := range map[string]struct {
		header, body, detail string
		want                 time.Duration
	}{
		"seconds":                {"7", "", "", 7 * time.Second},
		"zero":                   {"0", "", "", 0},
		"a fraction":             {"1.5", "", "", 1500 * time.Millisecond},
		"negative":               {"-3", "", "", 0},
		"at the bound":           {"31536000", "", "", maxRetryAfter},
		"above the bound":        {"31536001", "", "", maxRetryAfter},
		"an hour":                {"3600", "", "", time.Hour},
		"absurd":                 {"1000000000", "", "", 0}, // a time in 2001
		"beyond numbers":         {"99999999999999999999999999", "", "", none},
		"1e9":                    {"1e9", "", "", 0},
		"seconds since 1970":     {"1773316823", "", "", 23 * time.Second},
		"milliseconds since":     {"1773316823000", "", "", 23 * time.Second},
		"a unit":                 {"30s", "", "", 30 * time.Second},
		"about":                  {"~30s", "", "", 30 * time.Second},
		"words":                  {"2 minutes", "", "", 2 * time.Minute},
		"several units":          {"1h2m3s", "", "", time.Hour + 2*time.Minute + 3*time.Second},
		"ISO":                    {"2026-03-12T12:00:23Z", "", "", 23 * time.Second},
		"1e309":                  {"1e309", "", "", none},
		"a date":                 {"Thu, 12 Mar 2026 12:00:23 GMT", "", "", 23 * time.Second},
		"a date gone":            {"Thu, 12 Mar 2026 11:00:00 GMT", "", "", 0},
		"a date far away":        {"Thu, 12 Mar 2099 12:00:00 GMT", "", "", maxRetryAfter},
		"rfc 850":                {"Thursday, 12-Mar-26 12:00:10 GMT", "", "", 10 * time.Second},
		"garbage":                {"soon", "", "", none},
		"not a number":           {"NaN", "", "", none},
		"hexadecimal":            {"0x10", "", "", none},
		"two numbers":            {"7, 9", "", "", none},
		"garbage, then body":     {"soon", "5", "", 5 * time.Second},
		"header over body":       {"2", "5", "resets in ~30s", 2 * time.Second},
		"body":                   {"", "5", "", 5 * time.Second},
		"body as text":           {"", `"5"`, "", 5 * time.Second},
		"body, absurd":           {"", "1e99", "", none},
		"body, negative":         {"", "-5", "", 0},
		"body null":              {"", "null", "", none},
		"body object":            {"", "{}", "", none},
		"body over sentence":     {"", "5", "Your rate limit resets in ~30s.", 5 * time.Second},
		"sentence":               {"", "", "Request was throttled. Your rate limit resets in ~30s.", 30 * time.Second},
		"older sentence":         {"", "", "Expected available in 1 second.", time.Second},
		"milliseconds":           {"", "", "Please try again in 20ms.", 20 * time.Millisecond},
		"minutes":                {"", "", "try again in 2 minutes", 2 * time.Minute},
		"sentence, absurd":       {"", "", "resets in ~99999999999999999999s", none},
		"hours":                  {"", "", "Try again in 2 hours.", 2 * time.Hour},
		"minutes and seconds":    {"", "", "Please try again in 1m30s.", 90 * time.Second},
		"joined by and":          {"", "", "try again in 1 minute and 5 seconds", 65 * time.Second},
		"please wait":            {"", "", "Please wait 20 seconds before the next.", 20 * time.Second},
		"a sentence that is not": {"", "", "burst of 1 requests in 6 minutes", none},
	} {
		head := "429 Too Many Requests\r\nDate: Thu, 12 Mar 2026 12:00:00 GMT"
		if test.header != "" {
			head += "\r\nRetry-After: " + test.header
		}
		e := createRateLimited(t, name, head, fmt.Sprintf(`{"detail":%q,"retry_after":%s}`, cmp.Or(test.detail, "x"), cmp.Or(test.body, "null")))
		if e.HasRetryAfter != (test.want != none) || e.HasRetryAfter && e.RetryAfter != test.want {
			t.Errorf("%s: %v, %v", name, e.RetryAfter, e.HasRetryAfter)
		}
		if test.want == 7*time.Second && e.Error() != "Replicate asks to wait 7 s: x. Nothing is billed." {
			t.Errorf("%s: %s", name, e)
		}
	}
}

// Row "429 without": the wait is in the sentence, in ratelimit-reset, or nowhere; the create was certainly refused in
// any case.
func TestFault429Without(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		head, body string
		want       time.Duration
		said       bool
	}{
		"in the sentence":   {"429 X", `{"detail":"Request was throttled. Your rate limit resets in ~30s."}`, 30 * time.Second, true},
		"in another header": {"429 X\r\nRatelimit-Reset: 4", `{"detail":"Request was throttled."}`, 4 * time.Second, true},
		"nowhere":           {"429 X", `{"detail":"Request was throttled."}`, 0, false},
		"CometAPI's":        {"429 X", `{"error":{"message":"slow down","code":"rate_limit_exceeded"}}`, 0, false},
		"a page":            {"429 X\r\nRetry-After: 2", `<html><title>Too many</title>`, 2 * time.Second, true},
		"a word":            {"429 X", `rate limited`, 0, false},
		"no body":           {"429 X\r\nRetry-After: 2", ``, 2 * time.Second, true},
		"since 1970":        {"429 X\r\nDate: Thu, 12 Mar 2026 12:00:00 GMT\r\nX-RateLimit-Reset: 1773316823", `{"detail":"x"}`, 23 * time.Second, true},
		"in milliseconds":   {"429 X\r\nRetry-After-Ms: 2500", `{"detail":"x"}`, 2500 * time.Millisecond, true},
		"a junk wait":       {"429 X\r\nRetry-After: soon\r\nRateLimit-Reset: 4", `{"detail":"x"}`, 4 * time.Second, true},
	} {
		if e := createRateLimited(t, name, test.head, test.body); e.RetryAfter != test.want || e.HasRetryAfter != test.said {
			t.Errorf("%s: %v, %v", name, e.RetryAfter, e.HasRetryAfter)
		}
	}
}

// createRateLimited creates once at a server with that answer, and expects RateLimited.
func createRateLimited(t *testing.T, name, head, body string) *Error {
	t.Helper()
	client, posts := completeAnswer(head, body)(t)
	e := AsError(errorOf(client.Create(t.Context(), boatRequest)))
	if e == nil || e.Code != CodeRate || e.Outcome != RateLimited || posts() != 1 {
		t.Fatalf("%s: %#v after %d POSTs", name, e, posts())
	}
	checkError(t, e)
	return e
}

func TestRetryAfterByTheServersClock(t *testing.T) {
	t.Parallel()
	wrong := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	a := answer{header: http.Header{"Retry-After": {"Thu, 12 Mar 2026 12:00:23 GMT"}}, date: time.Date(2026, 3, 12, 12, 0, 0, 0, time.UTC)}
	if got, ok := retryAfter(a, errorBody{}, wrong); !ok || got != 23*time.Second {
		t.Errorf("%v, %v", got, ok)
	}
	a = answer{status: 429, header: http.Header{"Ratelimit-Reset": {"1"}}}
	if got, ok := retryAfter(a, errorBody{}, wrong); !ok || got != time.Second {
		t.Errorf("%v, %v", got, ok)
	}
	a = answer{status: 429, header: http.Header{"Ratelimit": {`"default";r=0;t=7`}}}
	if got, ok := retryAfter(a, errorBody{}, wrong); !ok || got != 7*time.Second {
		t.Errorf("%v, %v", got, ok)
	}
	a.status = 200
	if _, ok := retryAfter(a, errorBody{}, wrong); ok {
		t.Error("Replicate sends ratelimit-reset in every answer; it asks to wait only in a 429")
	}
}

// TestRetryAfterWithinTheError: the wait may be in the error's object, or in its details.
func TestRetryAfterWithinTheError(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]time.Duration{
		`{"retry_after":7}`: 7 * time.Second, `{"error":{"message":"x","retry_after":7}}`: 7 * time.Second, `{"detail":{"retryAfter":"7"}}`: 7 * time.Second,
		`{"error":{"details":[{"reason":"x"},{"retryDelay":"7s"}]}}`: 7 * time.Second, `{"parameters":{"retry_after_seconds":1.5}}`: 1500 * time.Millisecond,
		`{"input":{"retry_after":7}}`: 0, `[1,2]`: 0, `{"error":{"retry_after":null}}`: 0, `{"error":"x"}`: 0,
	} {
		got, ok := retryAfter(answer{status: 429, header: http.Header{}}, readErrorBody([]byte(body)), time.Time{})
		if got != want || ok != (want > 0) {
			t.Errorf("%s: %v, %v", body, got, ok)
		}
	}
}

func FuzzRetryAfter(f *testing.F) {
	for _, seed := range []string{"7", "-1", "1e309", "Thu, 12 Mar 2026 12:00:23 GMT", "resets in ~30s", "try again in 2 minutes", "NaN", "1.5ms"} {
		f.Add(seed, seed, seed)
	}
	now := time.Date(2026, 3, 12, 12, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, header, body, detail string) {
		a := answer{status: 429, header: http.Header{"Retry-After": {header}, "Ratelimit-Reset": {body}}}
		wait, ok := retryAfter(a, errorBody{retryAfter: retryAfterIn(json.RawMessage(`{"error":{"retry_after":`+body+`}}`), 0), detail: detail}, now)
		if wait < 0 || wait > maxRetryAfter || !ok && wait != 0 {
			t.Fatalf("%v, %v", wait, ok)
		}
	})
}
