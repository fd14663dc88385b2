package api

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"testing"
)

// TestSentAgain is the table of sendOutcome: a request that costs is sent again for two reasons only, both by status, and
// never where an answer names a prediction.
func TestSentAgain(t *testing.T) {
	t.Parallel()
	c := newMemoryClient(t, nil)
	const rate, prediction = `{"error":{"code":"rate_limit_exceeded","message":"slow down"}}`, `{"id":"abc123","status":"starting"}`
	for _, test := range []struct {
		status int
		header string // of Retry-After
		body   string
		cut    bool
		want   SendOutcome
		id     string
	}{
		{429, "", ``, false, RateLimited, ""},
		{429, "", `rate limited`, false, RateLimited, ""},
		{429, "", `<html><title>1015</title>`, false, RateLimited, ""},
		{429, "1", `{"detail":"thrott`, true, RateLimited, ""},
		{429, "", `[]`, false, RateLimited, ""},
		{429, "", `{"id":null,"detail":"slow down"}`, false, RateLimited, ""},
		{429, "", `{"id":"","detail":"slow down"}`, false, RateLimited, ""},
		{429, "", `{"error":{"message":"x","type":"invalid_request_error"}}`, false, RateLimited, ""},
		{429, "", `{"id":"abc123","detail":"slow down"}`, false, OutcomeUnknown, "abc123"},
		{429, "", `{"id":"abc123","detail":"slow`, true, OutcomeUnknown, "abc123"},
		{429, "", `{"detail":"slow","id":"abc`, true, OutcomeUnknown, ""},
		{429, "", `{"detail":"slow","id":`, true, OutcomeUnknown, ""},
		{429, "", `{"id":12345678,"detail":"slow"}`, false, OutcomeUnknown, ""},
		{429, "", `{"id":"a/b","detail":"slow"}`, false, OutcomeUnknown, ""},
		{429, "", `{"code":"success","data":{"task_id":"abc123"}}`, false, OutcomeUnknown, "abc123"},
		{429, "", `[{"id":"abc123"}]`, false, OutcomeUnknown, "abc123"},
		{429, "", `)]}'` + "\n" + prediction, false, OutcomeUnknown, "abc123"},
		{503, "1", rate, false, RateLimited, ""},
		{503, "", rate, false, OutcomeUnknown, ""},
		{503, "soon", rate, false, OutcomeUnknown, ""},
		{503, "1", `<html>`, false, OutcomeUnknown, ""},
		{503, "1", prediction, false, OutcomeUnknown, "abc123"},
		{503, "1", `{"detail":"busy"}`, true, OutcomeUnknown, ""},
		{200, "1", rate, false, OutcomeUnknown, ""},
		{403, "1", rate, false, Refused, ""},
		{400, "1", rate, false, Refused, ""},
		{500, "1", rate, false, OutcomeUnknown, ""},
		{502, "1", rate, false, OutcomeUnknown, ""},
		{400, "1", prediction, false, OutcomeUnknown, "abc123"},
		{500, "", `{"urls":{"get":"https://x.example/v1/predictions/abc123"}}`, false, OutcomeUnknown, "abc123"},
	} {
		header := http.Header{}
		if test.header != "" {
			header.Set("Retry-After", test.header)
		}
		a := answer{op: opCreate, status: test.status, header: header, body: []byte(test.body)}
		if test.cut {
			a.readErr = errStalled
		}
		p, e := c.readCreated(a)
		if test.status == 200 && e == nil {
			t.Errorf("%d %s: %+v", test.status, test.body, p)
			continue
		}
		if e.Outcome != test.want || e.ID != test.id {
			t.Errorf("%d, Retry-After %q, %s: %s, id %q; not %s, %q", test.status, test.header, test.body, e.Outcome, e.ID, test.want, test.id)
		}
	}
}

// TestSentAgainOnlyByStatus: no mixture of status, header, body and cut makes a create be sent again, except a 429, and a
// 503 with Retry-After; and neither if the answer names a prediction.
func TestSentAgainOnlyByStatus(t *testing.T) {
	t.Parallel()
	c := newMemoryClient(t, nil)
	r := rand.New(rand.NewPCG(10, 429))
	words := []string{
		`"code":"rate_limit_exceeded"`, `"error":{"type":"rate_limit_error","code":"rate_limit_exceeded"}`, `"detail":"Request was throttled"`, `"retry_after":1`,
		`"status":"starting"`, `"status":429`, `"id":null`, `"message":"try again in 1 s"`, `"data":{"status":"x"}`, `"errors":[{"message":"429"}]`,
	}
	ids := []string{`"id":"abc123"`, `"data":{"task_id":"abc123"}`, `"task_id":"abc123"`, `"id":7`, `"result":{"id":"abc123"}`}
	const trials = 5_000
	for range trials {
		body, named := "{", false
		for range r.IntN(4) {
			body += words[r.IntN(len(words))] + ","
		}
		if r.IntN(3) == 0 {
			body, named = body+ids[r.IntN(len(ids))]+",", true
		}
		body += `"end":1}`
		a := answer{op: opCreate, status: 200 + r.IntN(400), header: http.Header{}, body: []byte(body)}
		if r.IntN(3) == 0 {
			a.status = []int{429, 503}[r.IntN(2)]
		}
		if r.IntN(2) == 0 {
			a.header.Set("Retry-After", []string{"1", "soon", "3600"}[r.IntN(3)])
		}
		if r.IntN(4) == 0 {
			a.readErr = errStalled
			a.body = a.body[:r.IntN(len(body)-len(`,"end":1}`)+1)]
			named = named && recoverID(a.body) != ""
		}
		_, e := c.readCreated(a)
		again := e != nil && (e.Outcome == RateLimited || e.Outcome == NotSent)
		if allowed := a.status == 429 || a.status == 503 && a.header.Get("Retry-After") != ""; again && (!allowed || named) {
			t.Fatalf("%d, %v, %s: %s", a.status, a.header, a.body, e.Outcome)
		}
	}
}

// TestErrorSentences: an error body of any shape becomes one sentence that names the parameter.
func TestErrorSentences(t *testing.T) {
	t.Parallel()
	c := newMemoryClient(t, nil)
	for body, want := range map[string]string{
		`{"detail":[{"loc":["body","input","num_outputs"],"msg":"ensure this value is less than or equal to 4","type":"x"}]}`:  "num_outputs: ensure this value is less than or equal to 4",
		`{"detail":[{"loc":["body","input","prompt"],"msg":"field required"},{"loc":["body","input","seed"],"msg":"no int"}]}`: "prompt: field required; seed: no int",
		`{"detail":[{"loc":["body","input","images",1,"url"],"msg":"bad"}]}`:                                                   "images.1.url: bad",
		`{"errors":[{"message":"prompt too long","code":1001}]}`:                                                               "prompt too long",
		`{"errors":[{"field":"seed","message":"too large"}]}`:                                                                  "seed: too large",
		`{"errors":{"prompt":["is required"],"seed":["is no number","is too large"]}}`:                                         "prompt: is required; seed: is no number; is too large",
		`{"errors":["one","two."]}`:                                                             "one; two",
		`{"message":"Validation failed","errors":{"seed":["bad"]}}`:                             "seed: bad",
		`{"code":400,"msg":"prompt is too long"}`:                                               "prompt is too long",
		`{"error":{"error":{"message":"prompt is too long"}}}`:                                  "prompt is too long",
		`{"error":"{\"message\": \"prompt is too long\"}"}`:                                     "prompt is too long",
		`{"error":{"message":"must be at most 4","param":"num_outputs"}}`:                       "num_outputs: must be at most 4",
		`{"error":{"message":"num_outputs is too large","param":"num_outputs"}}`:                "num_outputs is too large",
		`{"type":"about:blank","title":"Bad Request","detail":"no prompt"}`:                     "no prompt",
		`{"title":"Bad Request"}`:                                                               "Bad Request",
		`{"fail_reason":"no channel"}`:                                                          "no channel",
		`{"success":false,"error_message":"blocked"}`:                                           "blocked",
		`{"errors":[{"source":{"pointer":"/x"},"detail":"bad","title":"y"}]}`:                   "x: bad",
		`{"errors":[{"source":{"pointer":"/data/attributes/seed"},"detail":"bad"}]}`:            "seed: bad",
		`{"title":"No","invalid-params":[{"name":"guidance","reason":"too high"}]}`:             "guidance: too high",
		`{"error":{"name":"RangeError","message":"too high"}}`:                                  "too high",
		`{"fault":{"faultstring":"Too big","detail":{"errorcode":"x.y"}}}`:                      "Too big",
		`{"error":{"message":"upstream: {\"detail\":\"seed is odd\"}"}}`:                        "upstream: seed is odd",
		`{"error":{"message":"not {valid"}}`:                                                    "not {valid",
		`{"errors":[{"pointer":"/input/seed","detail":"bad"}]}`:                                 "seed: bad",
		`{"statusCode":400,"message":["prompt should not be empty"],"error":"Bad Request"}`:     "prompt should not be empty",
		`{"error":"Bad Request"}`:                                                               "Bad Request",
		`{"error":"invalid_request","error_description":"no such style"}`:                       "no such style",
		`{"prompt":["This field is required."]}`:                                                "prompt: This field is required",
		`{"detail":{"input":{"seed":["A valid integer is required."]}}}`:                        "input: seed: A valid integer is required",
		`{"Message":"No prompt"}`:                                                               "No prompt",
		`{"title":"One or more validation errors occurred.","errors":{"Seed":["is bad"]}}`:      "Seed: is bad",
		`{"error":{"code":3,"message":"Invalid value at 'seed'","details":[{"reason":"X"}]}}`:   "Invalid value at 'seed'",
		`{"error":{"details":[{"fieldViolations":[{"field":"seed","description":"is bad"}]}]}}`: "seed: is bad",
		`prompt is too long`: "prompt is too long",
		`"prompt too long"`:  "prompt too long",
		`["a","b"]`:          "a; b",
		`<html><head><title>Just a &lt;moment&gt;</title></head>`: "Just a <moment>",
	} {
		_, e := c.readCreated(answer{op: opCreate, status: 422, header: http.Header{}, body: []byte(body)})
		if want := fmt.Sprintf("CometAPI refused the input: %s. Nothing is billed.", want); e.Error() != want {
			t.Errorf("%s:\n%s\nnot\n%s", body, e, want)
		}
	}
}

func FuzzErrorSentence(f *testing.F) {
	for _, seed := range []string{`{"detail":[{"loc":["a",1],"msg":"b"}]}`, `{"errors":{"a":["b"]}}`, `{"error":"{\"error\":\"x\"}"}`, `"x"`, `[[["x"]]]`, `{`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		if s := readErrorBody(body).detail; len(s) > sentenceLimit {
			t.Fatalf("%d bytes", len(s))
		}
		if s := readSentence(body); len(s) > sentenceLimit {
			t.Fatalf("%d bytes", len(s))
		}
	})
}
