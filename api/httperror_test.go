package api

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

// errorBodies are written by hand after observed and documented answers of CometAPI, New-API and Replicate.
var errorBodies = []struct {
	name    string
	status  int
	header  string // "Name: value"
	body    string
	code    Code
	verdict SendOutcome
	retry   time.Duration // -1: none
	says    string
}{
	{"comet 400", 400, "", `{"error":{"code":"","message":"model name is required (request id: 2026abc)","type":"comet_api_error"}}`, CodeInvalid, Refused, -1, "CometAPI refused the input: model name is required (request id: 2026abc). Nothing is billed."},
	{"comet 401", 401, "", `{"error":{"code":"","message":"Invalid token (request id: x)","type":"comet_api_error"}}`, CodeUnauthorized, Refused, -1, "CometAPI refused the key: check COMETAPI_KEY, or get a new one at https://api.cometapi.com/console/token. Nothing is billed."},
	{"comet 500 is ours", 500, "", `{"error":{"message":"field messages is required","type":"comet_api_error","param":"","code":"invalid_request"}}`, CodeInvalid, Refused, -1, "CometAPI refused the input: field messages is required. Nothing is billed."},
	{"comet 503 no model", 503, "", `{"error":{"code":"model_not_found","message":"no available channel","type":"comet_api_error"}}`, CodeNotFound, Refused, -1, "CometAPI does not know this model: no available channel. Nothing is billed."},
	{"503 no model beats Retry-After", 503, "Retry-After: 5", `{"error":{"code":"model_not_found","message":"x"}}`, CodeNotFound, Refused, 5 * time.Second, ""},
	{"quota 403", 403, "", `{"error":{"message":"user quota is not enough","code":"insufficient_user_quota"}}`, CodeCredit, Refused, -1, "CometAPI wants more credit: user quota is not enough. Nothing is billed."},
	{"quota without a code", 403, "", `{"error":{"message":"user quota is not enough","code":""}}`, CodeCredit, Refused, -1, ""},
	{"quota as a 429", 429, "", `{"error":{"message":"You exceeded your quota","code":"insufficient_quota"}}`, CodeCredit, Refused, -1, ""},
	{"invalid url", 404, "", `{"error":{"message":"Invalid URL (POST /x)","type":"invalid_request_error","code":""}}`, CodeNoSuchRoute, Refused, -1, ""},
	{"replicate 401", 401, "", `{"title":"Unauthenticated","detail":"You did not pass a valid authentication token","status":401}`, CodeUnauthorized, Refused, -1, ""},
	{"replicate 402", 402, "", `{"title":"Insufficient credit","detail":"You have insufficient credit to run this model.","status":402}`, CodeCredit, Refused, -1, ""},
	{"replicate 404", 404, "", `{"detail":"The requested resource could not be found.","status":404}`, CodeNotFound, Refused, -1, ""},
	{"replicate 422", 422, "", `{"detail":"- input.output_format: x\n","status":422,"title":"Input validation failed","invalid_fields":[{"type":"enum","field":"input.output_format","description":"output_format must be one of the following: \"jpg\", \"png\""}]}`, CodeInvalid, Refused, -1, `CometAPI refused the input: output_format must be one of the following: "jpg", "png". Nothing is billed.`},
	{"422 without the name", 422, "", `{"invalid_fields":[{"type":"type","field":"input.prompt","description":"Invalid type"}]}`, CodeInvalid, Refused, -1, "CometAPI refused the input: prompt: Invalid type."},
	{"replicate 429", 429, "", `{"detail":"Request was throttled. Your rate limit resets in ~30s."}`, CodeRate, RateLimited, 30 * time.Second, "CometAPI asks to wait 30 s: Request was throttled. Your rate limit resets in ~30s. Nothing is billed."},
	{"replicate 429 low credit", 429, "", `{"detail":"… while you have less than $5.0 in credit. Your rate limit resets in ~5s.","status":429,"retry_after":5}`, CodeRate, RateLimited, 5 * time.Second, ""},
	{"429 with a header", 429, "Retry-After: 7", `{"detail":"Your rate limit resets in ~30s."}`, CodeRate, RateLimited, 7 * time.Second, ""},
	{"429 not JSON", 429, "", `Too many`, CodeRate, RateLimited, -1, "CometAPI asks to wait: Too many. Nothing is billed."},
	{"429 with a prediction", 429, "", `{"id":"abc","status":"starting","detail":"x"}`, CodeRate, OutcomeUnknown, -1, "It named a prediction all the same: abc."},
	{"503 asked", 503, "Retry-After: 3", `{"error":{"message":"busy","code":""}}`, CodeServer, RateLimited, 3 * time.Second, ""},
	{"503 without", 503, "", `{"error":{"message":"busy, try again in 5 s"}}`, CodeServer, OutcomeUnknown, 5 * time.Second, "CometAPI answered 503: busy, try again in 5 s. It may have been accepted and billed."},
	{"503 page", 503, "Retry-After: 3", `<html>`, CodeServer, OutcomeUnknown, 3 * time.Second, ""},
	{"500", 500, "", `{"detail":"oops"}`, CodeServer, OutcomeUnknown, -1, "CometAPI answered 500: oops. It may have been accepted and billed."},
	{"502 page", 502, "", `<html><head><title>502 Bad&nbsp;Gateway</title>`, CodeServer, OutcomeUnknown, -1, "CometAPI answered 502: Bad Gateway. It may have been accepted and billed."},
	{"524", 524, "", ``, CodeServer, OutcomeUnknown, -1, ""},
	{"408 page", 408, "", `<html>`, CodeServer, OutcomeUnknown, -1, ""},
	{"413", 413, "", `{"detail":"too large"}`, CodeTooLarge, Refused, -1, "Give pictures as URLs."},
	{"404 page", 404, "", `<html>`, CodeNoSuchRoute, Refused, -1, "CometAPI does not know this address. Check the base URL. Nothing is billed."},
	{"405", 405, "", `{"detail":"Method not allowed"}`, CodeNoSuchRoute, Refused, -1, ""},
	{"301", 301, "Location: https://evil.example/", ``, CodeNoSuchRoute, Refused, -1, ""},
	{"307", 307, "Location: /x", ``, CodeNoSuchRoute, Refused, -1, ""},
	{"303", 303, "Location: /x", ``, CodeNoSuchRoute, OutcomeUnknown, -1, ""},
	{"200 page", 200, "", `<!doctype html><title>Sign in to Wi-Fi</title>`, CodeBadResponse, OutcomeUnknown, -1, "CometAPI answered something that cannot be read (200): Sign in to Wi-Fi. It may have been accepted and billed."},
	{"200 error that refuses", 200, "", `{"error":{"code":"model_not_found","message":"x"}}`, CodeNotFound, Refused, -1, ""},
	{"200 other error", 200, "", `{"detail":"x"}`, CodeRefused, OutcomeUnknown, -1, "CometAPI answered 200: x. It may have been accepted and billed."},
	{"a rate limit's code at a 403", 403, "", `{"error":{"code":"rate_limit_exceeded","message":"slow down"}}`, CodeRate, Refused, -1, "CometAPI refused: slow down. Nothing is billed."},
	{"a rate limit's code at a 500", 500, "", `{"error":{"code":"rate_limit_exceeded","message":"slow down"}}`, CodeRate, OutcomeUnknown, -1, "CometAPI answered 500: slow down. It may have been accepted and billed."},
	{"credit in Chinese", 403, "", `{"error":{"message":"该令牌额度已用尽","type":"new_api_error"}}`, CodeCredit, Refused, -1, "CometAPI wants more credit: 该令牌额度已用尽."},
	{"200 odd id", 200, "", `{"id":"../../x","status":"starting"}`, CodeBadResponse, OutcomeUnknown, -1, ""},
	{"201 empty", 201, "", ``, CodeBadResponse, OutcomeUnknown, -1, ""},
	{"task not there", 400, "", `{"code":"task_not_exist","message":"task_not_exist","data":null}`, CodeNotReady, Refused, -1, ""},
	{"hostile sentence", 400, "", `{"detail":"\u001b]52;c;x\u0007\u202e a\u009b31m\n- b."}`, CodeInvalid, Refused, -1, "CometAPI refused the input: ]52;c;x a31m - b. Nothing is billed."},
}

func TestErrorBodies(t *testing.T) {
	t.Parallel()
	c := newMemoryClient(t, nil)
	for _, test := range errorBodies {
		header := http.Header{}
		if name, value, ok := strings.Cut(test.header, ": "); ok {
			header.Set(name, value)
		}
		_, e := c.readCreated(answer{op: opCreate, status: test.status, header: header, body: []byte(test.body)})
		if e == nil {
			t.Errorf("%s: no error", test.name)
			continue
		}
		checkError(t, e)
		if e.Code != test.code || e.Outcome != test.verdict {
			t.Errorf("%s: %s, %s", test.name, e.Code, e.Outcome)
		}
		if e.HasRetryAfter != (test.retry >= 0) || test.retry >= 0 && e.RetryAfter != test.retry {
			t.Errorf("%s: retry after %v, %v", test.name, e.RetryAfter, e.HasRetryAfter)
		}
		if !strings.Contains(e.Error(), test.says) {
			t.Errorf("%s: %q", test.name, e.Error())
		}
	}
}

func TestCancelWithoutRoute(t *testing.T) {
	t.Parallel()
	c := newMemoryClient(t, nil)
	for name, test := range map[string]struct {
		status int
		body   string
		code   Code
	}{
		"a redirect":   {301, "", CodeNoSuchRoute},
		"a page":       {200, "<!doctype html><title>x</title>", CodeNoSuchRoute},
		"404, page":    {404, "<html>", CodeNoSuchRoute},
		"404, nothing": {404, "", CodeNoSuchRoute},
		"405":          {405, "{}", CodeNoSuchRoute},
		"invalid URL":  {404, `{"error":{"message":"Invalid URL (POST /x)","type":"invalid_request_error"}}`, CodeNoSuchRoute},
		"404, known":   {404, `{"detail":"The requested resource could not be found."}`, CodeNotFound},
		"trouble":      {502, "<html>", CodeServer},
		"not taken":    {200, `{"detail":"no"}`, CodeRefused},
	} {
		_, e := c.readPrediction(answer{op: opCancel, status: test.status, header: http.Header{}, body: []byte(test.body)}, "abc")
		if e == nil || e.Code != test.code {
			t.Errorf("%s: %v", name, e)
		}
	}
}

func TestTemporary(t *testing.T) {
	t.Parallel()
	for code, want := range map[Code]bool{
		CodeUnreachable: true, CodeOffline: true, CodeRate: true, CodeServer: true, CodeBadResponse: true, CodeNotReady: true, CodeChanged: true,
		CodeTLS: false, CodeUnauthorized: false, CodeCredit: false, CodeInvalid: false, CodeNotFound: false, CodeNoSuchRoute: false,
		CodeExpired: false, CodeTooLarge: false, CodeBlocked: false, CodeCanceled: false, CodeOther: false,
	} {
		if (&Error{Code: code}).Temporary() != want {
			t.Errorf("%s", code)
		}
	}
}

func TestRequestIDAndFields(t *testing.T) {
	t.Parallel()
	c := newMemoryClient(t, nil)
	e := c.httpError(answer{op: opCreate, status: 400, body: []byte(`{"error":{"message":"no (request id: 20260205132859798638387SIHCnxzJ)"}}`)})
	if e.RequestID != "20260205132859798638387SIHCnxzJ" {
		t.Errorf("%q", e.RequestID)
	}
	header := http.Header{"Cf-Ray": {"7f7be8b17b47f8d1-SEA"}}
	if e := c.httpError(answer{op: opGet, status: 500, header: header}); e.RequestID != "7f7be8b17b47f8d1-SEA" {
		t.Errorf("%q", e.RequestID)
	}
	e = c.httpError(answer{op: opCreate, status: 422, body: []byte(`{"invalid_fields":[{"type":"required","field":"input","description":"prompt is required"}],"detail":"- input: prompt is required\n"}`)})
	if len(e.Fields) != 1 || e.Fields[0] != (InvalidField{"required", "input", "prompt is required"}) {
		t.Errorf("%+v", e.Fields)
	}
}
