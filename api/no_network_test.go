package api

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/netip"
	"strings"
	"syscall"
	"testing"
	"testing/iotest"
	"time"
)

// Row "DNS failure / no network": every call reports that there is no network and may be repeated, and a create was
// certainly not sent.
func TestFaultNoNetwork(t *testing.T) {
	unplugged := func(number syscall.Errno) func(context.Context, string, string) (net.Conn, error) {
		return func(_ context.Context, network, _ string) (net.Conn, error) {
			return nil, &net.OpError{Op: "dial", Net: network, Err: number}
		}
	}
	for name, setUp := range map[string]func(c *Client){
		"no such name":    func(*Client) { resolveAllTo(t, netip.Addr{}) },
		"no resolver":     func(*Client) { noResolver(t) },
		"no network":      func(c *Client) { redial(c, unplugged(syscall.ENETUNREACH)) },
		"no way there":    func(c *Client) { redial(c, unplugged(syscall.EHOSTUNREACH)) },
		"Windows' number": func(c *Client) { redial(c, unplugged(10051)) },
		"network is down": func(c *Client) { redial(c, unplugged(syscall.ENETDOWN)) },
	} {
		c := farClient(t)
		setUp(c)
		calls := everyCall(t, c)
		calls["download"] = func() error {
			return errorOf(c.Download(t.Context(), "https://replicate.delivery/x", Resume{}, io.Discard))
		}
		for call, err := range calls {
			e := AsError(err())
			if e == nil || e.Code != CodeOffline || !e.Temporary() || e.HTTPStatus != 0 {
				t.Errorf("%s, %s: %#v", name, call, e)
				continue
			}
			if call != "create" {
				continue
			}
			if want := "No way to Replicate: the network is down, or its name is not found. Nothing was sent, nothing is billed."; e.Outcome != NotSent || e.Error() != want {
				t.Errorf("%s: %s: %s", name, e.Outcome, e)
			}
		}
	}
}

// noResolver makes the name server unreachable.
func noResolver(t *testing.T) {
	t.Helper()
	was := net.DefaultResolver
	t.Cleanup(func() { net.DefaultResolver = was })
	net.DefaultResolver = &net.Resolver{PreferGo: true, Dial: func(context.Context, string, string) (net.Conn, error) {
		return nil, &net.OpError{Op: "dial", Err: errors.New("network is unreachable")}
	}}
}

// Row "TLS failure": a certificate or handshake that is not safe ends every call before anything is sent. It is not
// temporary, the error names who signed the certificate, and suggests no way around it.
func TestFaultTLSFailure(t *testing.T) {
	t.Parallel()
	handler, address := newServer(t, 200, "")
	good := newTLSServer(t, handler, nil)
	old := newTLSServer(t, handler, func(c *tls.Config) { c.MaxVersion = tls.VersionTLS11; c.MinVersion = tls.VersionTLS10 })
	for name, test := range map[string]struct {
		setUp func() *Client
		says  string
	}{
		"unknown CA": {func() *Client { return newClient(t, good.URL) }, "issued by Acme Co"},
		"another name": {func() *Client {
			c := farClient(t)
			trustServer(c, good)
			dialServer(c, good, func(string) {})
			return c
		}, "issued by Acme Co"},
		"expired": {func() *Client {
			c := newClient(t, good.URL)
			trustServer(c, good)
			for _, transport := range transports(c) {
				transport.TLSClientConfig.Time = func() time.Time { return time.Date(2150, 1, 1, 0, 0, 0, 0, time.UTC) }
			}
			return c
		}, "issued by Acme Co"},
		"TLS 1.1": {func() *Client {
			c := newClient(t, old.URL)
			trustServer(c, old)
			return c
		}, "protocol version"},
		"no TLS at all": {func() *Client { return newClient(t, strings.Replace(address, "http", "https", 1)) }, "does not look like a TLS handshake"},
	} {
		c := test.setUp()
		calls := everyCall(t, c)
		calls["download"] = func() error { return errorOf(c.Download(t.Context(), c.BaseURL()+"/x", Resume{}, io.Discard)) }
		if name == "another name" {
			calls["download"] = func() error {
				return errorOf(c.Download(t.Context(), "https://api.example.test/x", Resume{}, io.Discard))
			}
		}
		for call, err := range calls {
			e := AsError(err())
			if e == nil || e.Code != CodeTLS || e.Temporary() != (call == "download") || call == "create" && e.Outcome != NotSent {
				t.Errorf("%s, %s: %#v", name, call, e)
				continue
			}
			if text := e.Error(); !strings.Contains(text, test.says) || strings.Contains(strings.ToLower(text), "insecure") || call != "download" && !strings.Contains(text, "A proxy or a wrong clock") {
				t.Errorf("%s, %s: %s", name, call, text)
			}
		}
	}
	if n := handler.count(); n != 0 {
		t.Errorf("%d requests arrived", n)
	}
}

// Row "TLS failure", issuer: the names in a certificate are untrusted text.
func TestFaultTLSFailureIssuer(t *testing.T) {
	t.Parallel()
	certificate := &x509.Certificate{}
	certificate.Issuer.CommonName = strings.Repeat("x", 90) + "\x1b]0;evil\x07" + strings.Repeat("y", 200)
	err := &tls.CertificateVerificationError{UnverifiedCertificates: []*x509.Certificate{certificate}, Err: x509.UnknownAuthorityError{Cert: certificate}}
	c := farClient(t)
	e := c.completeError(opCreate, c.transportError(t.Context(), err, &sentTrace{}))
	checkError(t, e)
	if text := e.Error(); strings.Contains(text, "yyy") || !strings.Contains(text, "xxx") {
		t.Error(text)
	}
}

// Row "TLS failure", mid-stream: a damaged record means that the connection broke, and is temporary.
func TestFaultTLSFailureMidStream(t *testing.T) {
	t.Parallel()
	broken := &net.OpError{Op: "local error", Err: errors.New("tls: bad record MAC")}
	c := newMemoryClient(t, func(r *http.Request) (*http.Response, error) {
		if r.Method == http.MethodPost {
			trace := httptrace.ContextClientTrace(r.Context())
			trace.GetConn("")
			trace.WroteHeaders()
			return nil, broken
		}
		return bodyOf(func(context.Context) io.ReadCloser {
			return io.NopCloser(io.MultiReader(bytes.NewReader(picture[:1000]), iotest.ErrReader(broken)))
		})(r)
	})
	if e := AsError(create(c)); e == nil || e.Code != CodeUnreachable || e.Outcome != OutcomeUnknown {
		t.Errorf("%#v", e)
	}
	if e := AsError(errorOf(c.Download(t.Context(), "https://a.example/x", Resume{}, io.Discard))); e == nil || e.Code != CodeUnreachable || !e.Temporary() {
		t.Errorf("%#v", e)
	}
}
