package api

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/url"
	"slices"
	"strings"
	"syscall"
)

// transportError is the error of a request without an HTTP status.
func (c *Client) transportError(ctx context.Context, err error, sent *sentTrace) *Error {
	e := &Error{Code: transportCode(ctx, err), Detail: c.causeText(err), cause: err}
	// A transport given by the caller may not support httptrace. Then a missing trace
	// proves nothing, and only a failed dial does.
	if !sent.wrote.Load() && (c.ownTransports || sent.traced.Load() || isDial(err)) {
		e.Outcome = NotSent
	}
	if e.Code == CodeTLS && sent.wrote.Load() {
		e.Code = CodeUnreachable // the handshake had succeeded, so it was the connection
	}
	if errors.Is(err, errWrongOrigin) {
		e.Code, e.Outcome = CodeInvalid, Refused
	}
	return e
}

// transportCode classifies a transport's error: our own context, TLS, no network, or anything else.
func transportCode(ctx context.Context, err error) Code {
	switch {
	case errors.Is(err, errSlowHeaders), errors.Is(err, errStalled):
		return CodeUnreachable
	case ctx.Err() != nil:
		return CodeCanceled
	case isTLS(err):
		return CodeTLS
	case isOffline(err):
		return CodeOffline
	case strings.Contains(err.Error(), "response headers exceeded"):
		return CodeTooLarge // net/http has no type for it
	}
	return CodeUnreachable
}

// noRouteErrnos are the error numbers of an unreachable network: POSIX's, and Windows' own (WSAENETDOWN, WSAENETUNREACH,
// WSAEHOSTUNREACH), which Go does not map to them.
var noRouteErrnos = []syscall.Errno{syscall.ENETDOWN, syscall.ENETUNREACH, syscall.EHOSTUNREACH, 10050, 10051, 10065}

// isOffline reports whether a name was not found, or no route leads to the host.
func isOffline(err error) bool {
	var dns *net.DNSError
	var number syscall.Errno
	return errors.As(err, &dns) || errors.As(err, &number) && slices.Contains(noRouteErrnos, number)
}

// isTLS reports whether a handshake failed. Alerts, whose type crypto/tls does not export, arrive as a net.OpError with
// an Op of its own; other errors begin with "tls: ".
func isTLS(err error) bool {
	var (
		operation    *net.OpError
		verification *tls.CertificateVerificationError
		record       tls.RecordHeaderError
		alert        tls.AlertError
		authority    x509.UnknownAuthorityError
		hostname     x509.HostnameError
		certificate  x509.CertificateInvalidError
	)
	return errors.As(err, &verification) || errors.As(err, &record) || errors.As(err, &alert) ||
		errors.As(err, &authority) || errors.As(err, &hostname) || errors.As(err, &certificate) ||
		errors.As(err, &operation) && (operation.Op == "remote error" || operation.Op == "local error") ||
		strings.HasPrefix(err.Error(), "tls: ")
}

// isDial reports whether no connection was made.
func isDial(err error) bool {
	var operation *net.OpError
	var dns *net.DNSError
	return errors.As(err, &dns) || errors.Is(err, syscall.ECONNREFUSED) || errors.As(err, &operation) && (operation.Op == "dial" || operation.Op == "proxyconnect")
}

// certificateIssuer names who signed an untrusted certificate; it is how a company's intercepting proxy can be
// recognised. It is "" for other errors.
func certificateIssuer(err error) string {
	var unbelieved *tls.CertificateVerificationError
	if !errors.As(err, &unbelieved) || len(unbelieved.UnverifiedCertificates) == 0 {
		return ""
	}
	by := unbelieved.UnverifiedCertificates[0].Issuer
	name := by.CommonName
	if name == "" {
		name = strings.Join(by.Organization, " ")
	}
	if name == "" {
		return ""
	}
	return " (issued by " + cutText(name, 100) + ")"
}

// causeText is the text of the innermost error, without the key.
func (c *Client) causeText(err error) string {
	by := certificateIssuer(err)
	var wrapped *url.Error
	if errors.As(err, &wrapped) {
		err = wrapped.Err
	}
	proxy := ""
	var operation *net.OpError
	if errors.As(err, &operation) && operation.Op == "proxyconnect" {
		proxy, err = "the proxy does not answer: ", operation.Err
	}
	if errors.As(err, &operation) {
		err = operation.Err
	}
	var call interface{ Unwrap() error }
	if errors.As(err, &call) && isErrno(call.Unwrap()) {
		err = call.Unwrap()
	}
	return c.redactText(proxy+err.Error()+by, sentenceLimit)
}

func isErrno(err error) bool {
	var number syscall.Errno
	return err != nil && errors.As(err, &number)
}
