package api

import (
	"context"
	"errors"
	"strings"
	"time"
)

// Code classifies an error for the program.
type Code string

// The codes of an Error.
const (
	CodeUnreachable  Code = "unreachable"   // no answer: refused, reset, timed out
	CodeOffline      Code = "offline"       // the name could not be resolved, or there is no network
	CodeTLS          Code = "tls"           // the certificate or the handshake failed
	CodeUnauthorized Code = "unauthorized"  // the key is missing (HTTPStatus 0) or refused
	CodeCredit       Code = "credit"        // not enough credit or quota
	CodeRate         Code = "rate"          // asked to wait
	CodeInvalid      Code = "invalid"       // refused as wrong: a value, the model's name, the id
	CodeNotFound     Code = "not_found"     // no such prediction or model
	CodeNotReady     Code = "not_yet"       // the gateway does not know the id yet (task_not_exist)
	CodeNoSuchRoute  Code = "no_such_route" // the server has no such endpoint: a redirect, an HTML page, 404 without JSON, 405
	CodeRefused      Code = "refused"       // refused for another reason
	CodeServer       Code = "server"        // an error on the server's side
	CodeBadResponse  Code = "garbled"       // an answer that cannot be read
	CodeExpired      Code = "expired"       // the picture's host does not give it out: it is deleted, or not there yet
	CodeChanged      Code = "changed"       // the picture cannot be resumed: download it from the start
	CodeTooLarge     Code = "too_large"     // above a limit of ours or of the provider
	CodeBlocked      Code = "blocked"       // nothing is fetched from this address
	CodeClient       Code = "local"         // the picture could not be written on this machine
	CodeCanceled     Code = "canceled"      // our own context ended
	CodeOther        Code = "other"         // not an error of this package
)

// SendOutcome says whether a failed create may have been accepted, and so billed.
type SendOutcome int

// The outcomes of a failed create.
const (
	OutcomeUnknown SendOutcome = iota // may have been accepted and billed; never resent automatically
	NotSent                           // certainly not sent, since no header was written; may be sent again
	RateLimited                       // certainly refused for now; may be sent again after the wait
	Refused                           // certainly refused and not billed; sending it again unchanged would not help
)

// String returns the outcome in words.
func (v SendOutcome) String() string {
	switch v {
	case NotSent:
		return "not sent"
	case RateLimited:
		return "asked to wait"
	case Refused:
		return "refused"
	}
	return "unknown"
}

// InvalidField is one complaint of a provider's validation.
type InvalidField struct {
	Type        string // "enum", "required", "range"…
	Field       string // "input.output_format"; "" for the body itself
	Description string // the provider's sentence, raw
}

// Error is the only error type of this package.
type Error struct {
	Code          Code
	Outcome       SendOutcome // of a create; meaningless for other calls
	HTTPStatus    int         // 0 without an answer
	Detail        string      // the provider's sentence or a page's title, else the cause's text; raw, at most 2 KiB
	ProviderCode  string      // the code in the error body, such as "model_not_found"
	RequestID     string
	RetryAfter    time.Duration // how long the server asks to wait, 0 to a year
	HasRetryAfter bool
	Fields        []InvalidField
	ID            string // of a create: an id found in an answer that reports an error
	Answer        []byte // of a create with OutcomeUnknown: what arrived of the answer, without the key; at most 1 MiB

	op       op
	provider Provider
	oddBase  string // what the base URL should end with and does not: "/v1"; "" if it does
	cause    error
}

// Unwrap returns the cause, for errors.Is; it may be nil.
func (e *Error) Unwrap() error { return e.cause }

// Temporary reports whether the same get, cancel, list or download may succeed later. It says nothing about creates. Of
// downloads, any may that is not blocked or too large: the hosts of pictures answer with all statuses before a picture
// has reached them.
func (e *Error) Temporary() bool {
	if e.op == opDownload {
		return e.Code != CodeBlocked && e.Code != CodeTooLarge && e.Code != CodeClient && e.Code != CodeCanceled
	}
	switch e.Code {
	case CodeUnreachable, CodeOffline, CodeRate, CodeServer, CodeBadResponse, CodeNotReady, CodeChanged:
		return true
	}
	return false
}

// AsError returns the *Error in err. Any other error becomes one with CodeCanceled or CodeOther and OutcomeUnknown. It
// is nil only for nil.
func AsError(err error) *Error {
	if err == nil {
		return nil
	}
	var e *Error
	if errors.As(err, &e) && e != nil {
		return e
	}
	code := CodeOther
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		code = CodeCanceled
	}
	return &Error{Code: code, Detail: cutText(err.Error(), sentenceLimit), cause: err}
}

// completeError adds what the error's sentence needs, and removes the key again: JSON may have spelt it with escapes
// that are decoded by now.
func (c *Client) completeError(op op, e *Error) *Error {
	e.op, e.provider, e.oddBase = op, c.provider, c.missingEnd()
	e.cause = c.redactError(e.cause)
	e.Detail = c.redactText(e.Detail, sentenceLimit)
	e.ProviderCode = c.redactText(e.ProviderCode, codeLimit)
	e.RequestID = c.redactText(e.RequestID, requestIDLimit)
	for i, field := range e.Fields {
		e.Fields[i].Type = c.redactText(field.Type, codeLimit)
		e.Fields[i].Field = c.redactText(field.Field, fieldNameLimit)
		e.Fields[i].Description = c.redactText(field.Description, sentenceLimit)
	}
	return e
}

// missingEnd returns the end of the provider's base URL that the one in use lacks: "/v1"; "" if it has it.
func (c *Client) missingEnd() string {
	end := c.provider.BaseURL[strings.LastIndexByte(c.provider.BaseURL, '/')+1:]
	if end == "" || strings.HasSuffix(c.baseURL, "/"+end) {
		return ""
	}
	return "/" + end
}

// BadID reports whether the client itself refused the id because no provider uses such ids. Asking again will never
// help.
func (e *Error) BadID() bool {
	return e.Code == CodeInvalid && e.HTTPStatus == 0 && e.Outcome == Refused
}
