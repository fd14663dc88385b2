package api

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"sync"
	"testing"
)

// farURL is a base URL whose host does not exist anywhere (RFC 6761).
const farURL = "https://api.example.test/v1"

// farClient returns a client for farURL without a proxy, whatever the environment says.
func farClient(t *testing.T) *Client {
	t.Helper()
	c := newClient(t, farURL)
	c.setTransports(nil, mustParseURL(t, farURL), nil)
	return c
}

// transports returns a client's own transports: of creates, other calls, and downloads (direct, by proxy, of the API's
// own origin).
func transports(c *Client) []*http.Transport {
	return []*http.Transport{
		c.createTransport.(keyTransport).next.(*http.Transport), c.readTransport.(keyTransport).next.(*http.Transport),
		c.downloads.direct.(*http.Transport), c.downloads.proxied.(*http.Transport), c.downloads.own.(*http.Transport),
	}
}

// redial replaces the dialing of a client's transports; everything above the connection stays the client's own.
func redial(c *Client, dial func(ctx context.Context, network, address string) (net.Conn, error)) {
	for _, transport := range transports(c) {
		transport.DialContext = dial
	}
}

// connectByPipes connects a client with a server in the same process without a socket, so that the real transport runs
// on synctest's clock.
func connectByPipes(t *testing.T, c *Client, serve func(conn net.Conn)) {
	t.Helper()
	var running sync.WaitGroup
	t.Cleanup(func() {
		c.CloseIdle()
		running.Wait()
	})
	redial(c, func(context.Context, string, string) (net.Conn, error) {
		ours, theirs := net.Pipe()
		running.Go(func() {
			defer func() { _ = theirs.Close() }()
			serve(theirs)
		})
		return ours, nil
	})
}

// trustServer makes a client trust a server's certificate; everything else about TLS stays the same.
func trustServer(c *Client, server *httptest.Server) {
	pool := x509.NewCertPool()
	pool.AddCert(server.Certificate())
	for _, transport := range transports(c) {
		transport.TLSClientConfig.RootCAs = pool
	}
}

// dialServer makes a client reach one server under any name, and passes the requested addresses to seen.
func dialServer(c *Client, server *httptest.Server, seen func(address string)) {
	redial(c, func(ctx context.Context, network, address string) (net.Conn, error) {
		seen(address)
		return (&net.Dialer{}).DialContext(ctx, network, server.Listener.Addr().String())
	})
}

// newTLSServer starts a TLS server whose certificate is for example.com and 127.0.0.1.
func newTLSServer(t *testing.T, handler http.Handler, versions func(*tls.Config)) *httptest.Server {
	t.Helper()
	server := httptest.NewUnstartedServer(handler)
	server.Config.ErrorLog = noLog
	server.TLS = &tls.Config{}
	if versions != nil {
		versions(server.TLS)
	}
	server.StartTLS()
	t.Cleanup(server.Close)
	return server
}

// loopback is where names lead in tests that must not leave this machine.
var loopback = netip.MustParseAddr("127.0.0.1")
