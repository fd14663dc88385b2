package api

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"net/url"
	"syscall"
	"time"
)

// Limits of a connection. The limits of a call are in roundtrip.go.
const (
	dialLimit        = 15 * time.Second
	handshakeLimit   = 15 * time.Second
	idleConnLimit    = 60 * time.Second
	headerBytesLimit = 64 << 10
)

// errWrongOrigin is the transport's error for a request to any origin but the one that the key belongs to.
var errWrongOrigin = errors.New("the request is not for the configured origin")

// keyTransport is the only place that sends the key. It adds the Authorization header, and refuses every request that is
// not for the configured origin.
type keyTransport struct {
	origin string
	key    Secret
	next   http.RoundTripper
}

// RoundTrip sends one request, with the key, to the configured origin.
func (k keyTransport) RoundTrip(req *http.Request) (*http.Response, error) {
	if origin(req.URL) != k.origin {
		return nil, errWrongOrigin
	}
	if !k.key.IsZero() {
		req = req.Clone(req.Context())
		req.Header.Set("Authorization", "Bearer "+k.key.reveal())
	}
	return k.next.RoundTrip(req)
}

// withoutKey returns a transport of a client that does not send the key.
func withoutKey(transport http.RoundTripper) http.RoundTripper {
	if k, ok := transport.(keyTransport); ok {
		return k.next
	}
	return transport
}

type (
	// proxyFunc returns the proxy for a request, nil for none.
	proxyFunc func(*http.Request) (*url.URL, error)
	// controlFunc is called with each resolved address before it is connected to.
	controlFunc func(ctx context.Context, network, address string, c syscall.RawConn) error
)

// isDirect reports whether a URL is asked without a proxy.
func isDirect(proxy proxyFunc, u *url.URL) bool {
	if proxy == nil {
		return true
	}
	through, err := proxy(&http.Request{Method: http.MethodGet, URL: u, Header: http.Header{}})
	return err == nil && through == nil
}

// newTransport returns a transport with this package's limits. It never resends a request with a body, because requests
// have no GetBody.
func newTransport(proxy proxyFunc, control controlFunc) *http.Transport {
	dialer := &net.Dialer{Timeout: dialLimit, KeepAlive: 30 * time.Second, ControlContext: control}
	return &http.Transport{
		Proxy:                  proxy,
		DialContext:            dialer.DialContext,
		TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12},
		TLSHandshakeTimeout:    handshakeLimit,
		IdleConnTimeout:        idleConnLimit,
		MaxResponseHeaderBytes: headerBytesLimit,
		ForceAttemptHTTP2:      true,
		HTTP2:                  &http.HTTP2Config{SendPingTimeout: 15 * time.Second, PingTimeout: 10 * time.Second},
		OnProxyConnectResponse: checkProxyAnswer,
	}
}

// checkProxyAnswer reports that the proxy refused; net/http's own error ("Forbidden") does not say who did.
func checkProxyAnswer(_ context.Context, _ *url.URL, _ *http.Request, resp *http.Response) error {
	switch resp.StatusCode {
	case http.StatusOK:
		return nil
	case http.StatusProxyAuthRequired:
		return sentence("the proxy wants a name and a password (407)")
	}
	return sentence("the proxy answers " + cutText(resp.Status, 100))
}

// newPurchaseTransport returns the transport of creates. It opens a new HTTP/1.1 connection each time: a purchase never
// goes out on a connection that died unnoticed, and "no header was written" means exactly "not sent".
func newPurchaseTransport(proxy proxyFunc, control controlFunc) *http.Transport {
	t := newTransport(proxy, control)
	t.DisableKeepAlives = true
	t.ForceAttemptHTTP2 = false
	t.HTTP2 = nil
	t.TLSNextProto = map[string]func(string, *tls.Conn) http.RoundTripper{}
	return t
}

// newDownloadTransport returns a transport for outputs, without compression, so that offsets are those of the picture.
func newDownloadTransport(proxy proxyFunc, control controlFunc) *http.Transport {
	t := newTransport(proxy, control)
	t.DisableCompression = true
	return t
}
