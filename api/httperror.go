package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"html"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"unicode/utf8"
)

// providerCodes are the codes in error bodies that take precedence over the HTTP status: the gateway reports them before
// it buys anything. CometAPI was seen answering 500 with invalid_request and 503 with model_not_found; the others are
// New-API's own (types/error.go, service/pre_consume_quota.go).
var providerCodes = map[string]Code{
	"invalid_request":                CodeInvalid,
	"invalid_request_error":          CodeInvalid,
	"bad_request_body":               CodeInvalid,
	"read_request_body_failed":       CodeInvalid,
	"sensitive_words_detected":       CodeInvalid,
	"model_not_found":                CodeNotFound,
	"model_price_error":              CodeRefused,
	"get_channel_failed":             CodeRefused,
	"access_denied":                  CodeRefused,
	"insufficient_user_quota":        CodeCredit,
	"insufficient_quota":             CodeCredit,
	"pre_consume_token_quota_failed": CodeCredit,
	"quota_not_enough":               CodeCredit,
	"invalid_api_key":                CodeUnauthorized,
	"invalid_token":                  CodeUnauthorized,
	"rate_limit_exceeded":            CodeRate,
	"rate_limit_error":               CodeRate,
	"task_not_exist":                 CodeNotReady,
}

// Patterns are compiled on first use: most runs of the program never need them.
var (
	creditPattern    = lazyRegexp(`(?i)quota is not enough|insufficient (credit|quota|balance|funds)|not enough (credit|quota|balance)|(额度|余额)(不足|已用尽)`)
	requestIDPattern = lazyRegexp(`request id: ?([A-Za-z0-9._-]+)`)
	titlePattern     = lazyRegexp(`(?is)<title[^>]*>(.*?)</title`)
	tagPattern       = lazyRegexp(`(?is)<(?:script|style)\b.*?</(?:script|style)[^>]*>|<[^>]*(?:>|$)`)
)

func lazyRegexp(pattern string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(pattern) })
}

// keptAnswerLimit limits Error.Answer, in bytes.
const keptAnswerLimit = 1 << 20

// httpError converts an answer without the expected content to an Error.
func (c *Client) httpError(a answer) *Error {
	problem := readErrorBody(a.body)
	e := &Error{
		HTTPStatus:   a.status,
		Detail:       problem.detail,
		ProviderCode: problem.code,
		RequestID:    requestID(a, problem.detail),
		Fields:       problem.fields,
		cause:        a.readErr,
	}
	e.Code = errorCode(a, problem)
	if !problem.json {
		e.Detail = bodySummary(a)
	}
	e.RetryAfter, e.HasRetryAfter = retryAfter(a, problem, c.now())
	if a.op == opCreate {
		e.ID = a.recoverID()
		e.Outcome = sendOutcome(a, problem, e)
	}
	if a.op == opCreate && e.Outcome == OutcomeUnknown {
		e.Answer = a.body[:min(len(a.body), keptAnswerLimit)]
	}
	return c.completeError(a.op, e)
}

// errorCode chooses the code. A known code in the body takes precedence over the HTTP status.
func errorCode(a answer, problem errorBody) Code {
	if strings.HasPrefix(strings.ToLower(problem.detail), "invalid url") && a.status != http.StatusOK {
		return CodeNoSuchRoute // New-API's answer to an unknown path
	}
	words := []string{problem.code}
	if a.status >= 400 && a.status < 500 && a.status != http.StatusTooManyRequests {
		words = append(words, problem.kind) // a type alone means no more than "refused", so it counts only with a 4xx
	}
	for _, word := range words {
		if code, known := providerCodes[strings.ToLower(word)]; known {
			return code
		}
	}
	if creditPattern().MatchString(problem.detail) && a.status >= 400 && a.status != http.StatusTooManyRequests {
		return CodeCredit
	}
	if errors.Is(a.readErr, errTooLarge) || countTokens(a.body) > maxTokens {
		return CodeTooLarge
	}
	if a.isSuccess() {
		return successCode(a, problem)
	}
	return statusCode(a, problem)
}

// successCode is the code of a 2xx answer without a prediction.
func successCode(a answer, problem errorBody) Code {
	if isHTML(a) && a.op != opCreate && a.op != opGet {
		return CodeNoSuchRoute // CometAPI's answer to an unknown path
	}
	if problem.json {
		return CodeRefused
	}
	return CodeBadResponse
}

// statusCode is the code that follows from the HTTP status alone.
func statusCode(a answer, problem errorBody) Code {
	switch s := a.status; {
	case s < 400, s == http.StatusMethodNotAllowed, s == http.StatusNotFound && !problem.json:
		return CodeNoSuchRoute
	case s == http.StatusUnauthorized:
		return CodeUnauthorized
	case s == http.StatusPaymentRequired:
		return CodeCredit
	case s == http.StatusNotFound, s == http.StatusGone:
		return CodeNotFound
	case s == http.StatusBadRequest, s == http.StatusUnprocessableEntity:
		return CodeInvalid
	case s == http.StatusRequestEntityTooLarge:
		return CodeTooLarge
	case s == http.StatusTooManyRequests:
		return CodeRate
	case s == http.StatusRequestTimeout, s == http.StatusTooEarly, s >= 500:
		return CodeServer
	}
	return CodeRefused
}

// sendOutcome says whether a create may have been accepted, judging by its answer. The first row that fits decides:
//
//	an id, followable or not, in whatever was answered   unknown; the caller follows an id that it can
//	a complete JSON error with a code of providerCodes   refused, whatever the status is
//	429                                                  asked to wait, whatever the body is
//	503 with Retry-After and a complete JSON error       asked to wait; package job sends it once more
//	408 without a complete JSON error                    unknown
//	any other 4xx                                        refused, a rate limit's code in it or not
//	301, 307, 308                                        refused: "ask there" was not accepted here
//	everything else                                      unknown
//
// Only "asked to wait" is sent again, so a word in a body never is a reason to send again, but the status alone.
func sendOutcome(a answer, problem errorBody, e *Error) SendOutcome {
	code, decided := providerCodes[strings.ToLower(problem.code)]
	complete := problem.json && a.readErr == nil
	_, toldWait := readWait(a.header.Get("Retry-After"), a.date)
	switch s := a.status; {
	case e.ID != "" || namesID(a.body):
		return OutcomeUnknown
	case complete && decided && code != CodeRate && code != CodeNotReady:
		return Refused
	case s == http.StatusTooManyRequests:
		return RateLimited
	case s == http.StatusServiceUnavailable && complete && toldWait:
		return RateLimited
	case s == http.StatusRequestTimeout && !complete:
		return OutcomeUnknown
	case s >= 400 && s < 500:
		return Refused
	case s == http.StatusMovedPermanently, s == http.StatusTemporaryRedirect, s == http.StatusPermanentRedirect:
		return Refused
	}
	return OutcomeUnknown
}

// requestID returns the provider's id for the request: from the sentence, where CometAPI puts it, or from a header.
func requestID(a answer, detail string) string {
	if m := requestIDPattern().FindStringSubmatch(detail); m != nil && len(m[1]) <= requestIDLimit && strings.Trim(m[1], ".") != "" {
		return m[1]
	}
	for _, name := range []string{"X-Request-Id", "X-Oneapi-Request-Id", "Cf-Ray"} {
		if id := a.header.Get(name); id != "" && len(id) <= requestIDLimit && validID(id) {
			return id
		}
	}
	return ""
}

// isHTML reports whether the answer is an HTML page.
func isHTML(a answer) bool {
	text := bytes.TrimLeft(a.body, " \t\r\n")
	return bytes.HasPrefix(text, []byte("<")) || strings.Contains(strings.ToLower(a.header.Get("Content-Type")), "text/html")
}

// summaryRunes is how much of an unreadable answer is quoted in its error.
const summaryRunes = 200

// bodySummary returns what a person can recognise an unreadable answer by: a page's title, else its first 200
// characters, without tags if it is a page.
func bodySummary(a answer) string {
	const beginning = 64 << 10
	text := strings.ToValidUTF8(cutText(string(a.body[:min(len(a.body), beginning+utf8.UTFMax)]), beginning), "\uFFFD")
	if isHTML(a) {
		if m := titlePattern().FindStringSubmatch(text); m != nil {
			return firstRunes(html.UnescapeString(m[1]), summaryRunes)
		}
		return firstRunes(html.UnescapeString(tagPattern().ReplaceAllString(text, " ")), summaryRunes)
	}
	if json.Valid(a.body) && countTokens(a.body) <= maxTokens && !isObject(a.body) {
		text = readSentence(a.body) // an error as a JSON string or list
	}
	if a.status >= 400 && isObject(a.body) && countTokens(a.body) <= maxTokens {
		if byField := sentenceByField(a.body, 0); byField != "" { // {"prompt": ["is required"]}
			text = byField
		}
	}
	if strings.ContainsRune(text, 0) || !utf8.Valid(a.body[:min(len(a.body), 100)]) {
		return ""
	}
	return firstRunes(text, summaryRunes)
}

// firstRunes returns the first n characters, without surrounding space.
func firstRunes(text string, n int) string {
	text = strings.TrimSpace(text)
	for i := range text {
		if n--; n < 0 {
			return text[:i]
		}
	}
	return text
}
