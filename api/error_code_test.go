package api

import (
	"cmp"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"
)

// newScriptedClient returns a client of a server with settable answers.
func newScriptedClient(t *testing.T) (c *Client, say func(status int, body string)) {
	t.Helper()
	server, address := newServer(t, 200, "")
	return newClient(t, address), server.respond
}

// The status of an envelope takes precedence over that of the prediction inside: FAILURE outside and processing inside
// is failed, with fail_reason. Only an envelope without a status leaves it to the prediction. An output that is there has the
// last word: it is paid for.
func TestEnvelopeDecides(t *testing.T) {
	t.Parallel()
	client, say := newScriptedClient(t)
	outside := map[string]Status{
		"NOT_START": Starting, "SUBMITTED": Starting, "QUEUED": Starting, "IN_PROGRESS": Processing, "SUCCESS": Succeeded, "FAILURE": Failed, "failure": Failed,
		"UNKNOWN": "", "": "",
	}
	for word, want := range outside {
		for _, inside := range []Status{Starting, Processing, Succeeded, Failed, Canceled, Aborted, "booting", ""} {
			body := fmt.Sprintf(`{"code":"success","message":"","data":{"task_id":"abc","status":%q,"fail_reason":"flagged (E005)",
				"data":{"id":"upstream","status":%q,"error":"inner","output":["https://a.example/0.png"]}}}`, word, inside)
			say(200, body)
			if want := Status(cmp.Or(string(want), string(inside))); want != "" {
				if want.Ended() {
					want = Succeeded
				}
				checkEnvelope(t, client, body, want, word)
			}
		}
		for _, inside := range []string{"null", `""`, "{}", `"{\"status\":\"processing\"}"`, "[]"} {
			body := fmt.Sprintf(`{"code":"success","data":{"task_id":"abc","status":%q,"fail_reason":"flagged (E005)","data":%s}}`, word, inside)
			say(200, body)
			if want != "" {
				checkEnvelope(t, client, body, want, word)
			}
		}
	}
}

// checkEnvelope makes three calls, and expects one status, and the reason of the part that decided.
func checkEnvelope(t *testing.T, client *Client, body string, want Status, word string) {
	t.Helper()
	for name, call := range map[string]func() (Prediction, error){
		"create": func() (Prediction, error) { return client.Create(t.Context(), boatRequest) },
		"get":    func() (Prediction, error) { return client.Get(t.Context(), "abc") },
		"cancel": func() (Prediction, error) { return client.Cancel(t.Context(), "abc") },
	} {
		p, err := call()
		if err != nil || p.Status != want || p.ID != "abc" {
			t.Errorf("%s of %s: %q %q, %v", name, body, p.ID, p.Status, err)
		}
		if want == Failed && readStatus(word) == Failed && p.Error != "flagged (E005)" {
			t.Errorf("%s of %s: failed with %q", name, body, p.Error)
		}
	}
}

// Both shapes of an answer mean the same: a prediction by itself, and in an envelope, as an object or as a string of
// JSON.
func TestEnvelopeDecidesNothingElse(t *testing.T) {
	t.Parallel()
	client, say := newScriptedClient(t)
	say(200, flatBody)
	flat, err := client.Get(t.Context(), "ctdwaehfz1rm80cmd5nsjd8114")
	if err != nil {
		t.Fatal(err)
	}
	for _, inside := range []string{flatBody, fmt.Sprintf("%q", flatBody)} {
		say(200, `{"code":"success","message":"","data":{"id":7,"task_id":"ctdwaehfz1rm80cmd5nsjd8114","action":"x","status":"SUCCESS","fail_reason":"","submit_time":1,"start_time":2,"finish_time":3,"progress":"100%","data":`+inside+`}}`)
		wrapped, err := client.Get(t.Context(), "ctdwaehfz1rm80cmd5nsjd8114")
		wrapped.gatewayProgress = flat.gatewayProgress
		if err != nil || !reflect.DeepEqual(wrapped, flat) {
			t.Errorf("%v\nflat    %+v\nwrapped %+v", err, flat, wrapped)
		}
	}
}

// wantedError is what an answer to a create means.
type wantedError struct {
	code    Code
	verdict SendOutcome
}

// decisiveCodes are the codes in error bodies that decide the outcome of a create.
var decisiveCodes = map[string]wantedError{
	"invalid_request": {CodeInvalid, Refused}, "invalid_request_error": {CodeInvalid, Refused}, "bad_request_body": {CodeInvalid, Refused},
	"read_request_body_failed": {CodeInvalid, Refused}, "sensitive_words_detected": {CodeInvalid, Refused}, "model_not_found": {CodeNotFound, Refused},
	"model_price_error": {CodeRefused, Refused}, "get_channel_failed": {CodeRefused, Refused}, "access_denied": {CodeRefused, Refused},
	"insufficient_user_quota": {CodeCredit, Refused}, "insufficient_quota": {CodeCredit, Refused}, "pre_consume_token_quota_failed": {CodeCredit, Refused},
	"quota_not_enough": {CodeCredit, Refused}, "invalid_api_key": {CodeUnauthorized, Refused}, "invalid_token": {CodeUnauthorized, Refused},
	"MODEL_NOT_FOUND": {CodeNotFound, Refused},
}

// A known code in a JSON error body takes precedence over the HTTP status: 503 with model_not_found is a refusal.
func TestErrorCodeDecidesOverStatus(t *testing.T) {
	t.Parallel()
	client, say := newScriptedClient(t)
	for word, want := range decisiveCodes {
		for _, shape := range []string{`{"error":{"message":"x","type":"comet_api_error","param":"","code":%q}}`, `{"code":%q,"message":"x","data":null}`} {
			for _, status := range []int{200, 202, 400, 401, 403, 404, 409, 422, 429, 500, 502, 503, 504, 524} {
				say(status, fmt.Sprintf(shape, word))
				e := AsError(errorOf(client.Create(t.Context(), boatRequest)))
				if e == nil || e.Code != want.code || e.Outcome != want.verdict || e.ProviderCode != word || e.HTTPStatus != status {
					t.Errorf("%d %s: %#v", status, word, e)
					continue
				}
				checkError(t, e)
				if e := AsError(errorOf(client.Get(t.Context(), "abc"))); e == nil || e.Code != want.code {
					t.Errorf("get, %d %s: %v", status, word, e)
				}
			}
		}
	}
	for word := range providerCodes {
		if _, known := decisiveCodes[word]; !known && word != "task_not_exist" && !strings.HasPrefix(word, "rate_limit_") {
			t.Errorf("%s decides, and is not in this table", word)
		}
	}
}

// An unknown code, a code in an answer that is cut, one next to an id, or a type alone do not decide. Then the status
// does, and if it proves nothing, the prediction may have been bought.
func TestErrorCodeDecidesOverStatusOnlyWhenClean(t *testing.T) {
	t.Parallel()
	client, say := newScriptedClient(t)
	for body, want := range map[string]SendOutcome{
		`{"error":{"code":"something_else","message":"x"}}`:                              OutcomeUnknown,
		`{"error":{"code":"model_not_found","message":"x"}`:                              OutcomeUnknown,
		`{"id":"abc","status":"starting","error":{"code":"model_not_found"},"code":"x"}`: OutcomeUnknown,
		`{"error":{"type":"invalid_request_error","message":"x","code":null}}`:           OutcomeUnknown,
		`{"code":"task_not_exist","message":"x","data":null}`:                            OutcomeUnknown,
		`<html>model_not_found`:        OutcomeUnknown,
		`"model_not_found"`:            OutcomeUnknown,
		`{"detail":"model_not_found"}`: OutcomeUnknown,
		`{"error":{"code":"model_not_found","message":"x"},"more":[{"error":{"code":""}}]}`: Refused,
	} {
		say(503, body)
		e := AsError(errorOf(client.Create(t.Context(), boatRequest)))
		if e == nil || e.Outcome != want {
			t.Errorf("%s: %#v", body, e)
		}
	}
	cut, _ := rawBytes("503 Busy\r\nContent-Length: 99\r\n\r\n" + `{"error":{"code":"model_not_found","message":"x"}}`)(t)
	if e := AsError(create(cut)); e == nil || e.Outcome != OutcomeUnknown {
		t.Errorf("cut behind its end: %#v", e)
	}
}

// A gateway that does not know an id yet answers 400. That is temporary, and nothing is lost.
func TestErrorCodeDecidesOverStatusNotYet(t *testing.T) {
	t.Parallel()
	client, say := newScriptedClient(t)
	for _, status := range []int{200, 400, 404, 500} {
		say(status, `{"code":"task_not_exist","message":"task_not_exist","data":null}`)
		if e := AsError(errorOf(client.Get(t.Context(), "mine"))); e == nil || e.Code != CodeNotReady || !e.Temporary() || e.RetryAfter > time.Minute {
			t.Errorf("%d: %v", status, e)
		}
	}
}
