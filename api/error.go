package api

import (
	"context"
	"errors"
	"time"
)

// Code is the program's word for what went wrong.
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
	CodeNoSuchRoute  Code = "no_such_route" // the server has no such call: a redirect, a page of HTML, 404 without JSON, 405
	CodeRefused      Code = "refused"       // refused for another reason
	CodeServer       Code = "server"        // the server's own trouble
	CodeBadResponse  Code = "garbled"       // an answer that cannot be read
	CodeExpired      Code = "expired"       // a picture that is gone at the provider
	CodeChanged      Code = "changed"       // a picture that cannot be resumed: begin it anew
	CodeTooLarge     Code = "too_large"     // over one of our limits, or one of the provider's
	CodeBlocked      Code = "blocked"       // an address that nothing is fetched from
	CodeClient       Code = "local"         // the picture could not be written here
	CodeCanceled     Code = "canceled"      // our own context ended
	CodeOther        Code = "other"         // not an error of this package
)

// SendOutcome says what the error of a create means for money.
type SendOutcome int

// The verdicts on a create.
const (
	OutcomeUnknown SendOutcome = iota // may have been accepted and billed; never sent again by itself
	NotSent                           // certainly not sent: no header left; may be sent again
	RateLimited                       // certainly refused for now: may be sent again after the wait
	Refused                           // certainly refused, unpaid; sending it again unchanged is no use
)

// String returns the verdict as a word.
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

// Error is the one error type of this package.
type Error struct {
	Code          Code
	Outcome       SendOutcome // of a create; it says nothing for other calls
	HTTPStatus    int         // 0 without an answer
	Detail        string      // the provider's own sentence or a page's title, else the reason below; raw, at most 2 KiB
	ProviderCode  string      // the code in its body: "model_not_found"
	RequestID     string
	RetryAfter    time.Duration // 0 to 5 min
	HasRetryAfter bool
	Fields        []InvalidField
	ID            string // of a create: an id that stood in an answer which says an error
	Answer        []byte // of a create whose verdict is Unknown: what arrived of the answer, without the key; at most 1 MiB

	op       op
	provider Provider
	cause    error
}

// Unwrap returns the error below, for errors.Is; it may be nil.
func (e *Error) Unwrap() error { return e.cause }

// Temporary reports whether the same get, cancel, list or download may well
// succeed later with nothing changed. It says nothing about creates.
func (e *Error) Temporary() bool {
	switch e.Code {
	case CodeUnreachable, CodeOffline, CodeRate, CodeServer, CodeBadResponse, CodeNotReady, CodeChanged:
		return true
	}
	return false
}

// AsError returns the *Error in err. One that is not of this package becomes
// one with CodeCanceled or CodeOther, and the verdict Unknown. It is nil only
// for nil.
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

// completeError completes an error with what its sentence needs, and takes the key out of
// what JSON had spelt in another way.
func (c *Client) completeError(op op, e *Error) *Error {
	e.op, e.provider = op, c.provider
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

// BadID says that the client itself refused to ask: the id is none that a provider gives, and never becomes one.
func (e *Error) BadID() bool {
	return e.Code == CodeInvalid && e.HTTPStatus == 0 && e.Outcome == Refused
}
