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

// wireError is an error body in any of the shapes that have been seen: Replicate's problem+json, CometAPI's
// {"error":{…}}, and a New-API task error.
type wireError struct {
	Title      json.RawMessage `json:"title"`
	Detail     json.RawMessage `json:"detail"`
	Error      json.RawMessage `json:"error"`
	Code       json.RawMessage `json:"code"`
	Message    json.RawMessage `json:"message"`
	RetryAfter json.RawMessage `json:"retry_after"`
	Fields     json.RawMessage `json:"invalid_fields"`
}

// errorBody is an error body after reading.
type errorBody struct {
	json       bool // the body is a complete JSON object that reports an error
	code       string
	kind       string // CometAPI's error.type
	detail     string
	retryAfter json.RawMessage
	fields     []InvalidField
}

// readErrorBody reads an error body of any shape.
func readErrorBody(body []byte) errorBody {
	var wire wireError
	if !decodeObject(body, &wire) {
		return errorBody{}
	}
	c := errorBody{retryAfter: wire.RetryAfter, fields: readFields(wire.Fields)}
	c.code, _ = readString(wire.Code)
	if isObject(wire.Error) {
		var inner struct{ Message, Type, Code, Detail json.RawMessage }
		_ = json.Unmarshal(wire.Error, &inner)
		c.kind, _ = readString(inner.Type)
		if code, _ := readString(inner.Code); code != "" {
			c.code = code
		}
	}
	for _, raw := range []json.RawMessage{wire.Detail, wire.Error, wire.Message, wire.Title} {
		if c.detail = readSentence(raw); c.detail != "" {
			break
		}
	}
	if strings.EqualFold(c.code, "success") {
		c.code = ""
	}
	c.code = cutText(c.code, codeLimit)
	c.json = c.detail != "" || c.code != ""
	return c
}

// readFields reads invalid_fields, at most 32 of them.
func readFields(raw json.RawMessage) []InvalidField {
	var rows []struct{ Type, Field, Description json.RawMessage }
	if json.Unmarshal(raw, &rows) != nil {
		return nil
	}
	var fields []InvalidField
	for _, row := range rows[:min(len(rows), 32)] {
		kind, _ := readString(row.Type)
		name, _ := readString(row.Field)
		fields = append(fields, InvalidField{
			Type:        cutText(kind, codeLimit),
			Field:       cutText(name, fieldNameLimit),
			Description: readSentence(row.Description),
		})
	}
	return fields
}

// isErrorBody reports whether a body reports an error, whatever the HTTP status is.
func isErrorBody(body []byte) bool { return readErrorBody(body).json }

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
	creditPattern    = lazyRegexp(`(?i)quota is not enough|insufficient (credit|quota|balance|funds)|not enough (credit|quota|balance)`)
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
		e.ID = idInError(a)
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
	if a.status >= 400 && a.status < 500 {
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

// sendOutcome says whether a create may have been accepted, judging by its answer. Only what certainly refuses counts as
// refused: a complete JSON error with a known code, any other 4xx (except a 408 that is not such an error), and a
// redirect that does not invite a GET. In doubt it is OutcomeUnknown, and nothing is sent again.
func sendOutcome(a answer, problem errorBody, e *Error) SendOutcome {
	_, decided := providerCodes[strings.ToLower(problem.code)]
	clean := problem.json && a.readErr == nil && e.ID == ""
	switch s := a.status; {
	case e.ID != "":
		return OutcomeUnknown
	case clean && e.Code == CodeRate && (s == http.StatusTooManyRequests || decided):
		return RateLimited
	case clean && decided && e.Code != CodeNotReady:
		return Refused
	case clean && s == http.StatusServiceUnavailable && e.HasRetryAfter && a.header.Get("Retry-After") != "":
		return RateLimited
	case s == http.StatusRequestTimeout && !clean:
		return OutcomeUnknown
	case s >= 400 && s < 500:
		return Refused
	case s == http.StatusMovedPermanently, s == http.StatusTemporaryRedirect, s == http.StatusPermanentRedirect:
		return Refused // "ask there": it was not accepted here
	}
	return OutcomeUnknown
}

// idInError returns the id in an answer that reports an error: with a status next to it, it is a prediction all the
// same.
func idInError(a answer) string {
	p, _, ok := parsePrediction(a.body)
	if ok && validID(p.ID) && p.Status != "" {
		return p.ID
	}
	return ""
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
	text := strings.ToValidUTF8(cutText(string(a.body), 64<<10), "\uFFFD")
	if isHTML(a) {
		if m := titlePattern().FindStringSubmatch(text); m != nil {
			return firstRunes(html.UnescapeString(m[1]), summaryRunes)
		}
		return firstRunes(html.UnescapeString(tagPattern().ReplaceAllString(text, " ")), summaryRunes)
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
