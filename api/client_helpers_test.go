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

// farURL is a base URL whose host exists nowhere (RFC 6761).
const farURL = "https://api.example.test/v1"

// farClient returns a client for far that takes no proxy, whatever the environment says.
func farClient(t *testing.T) *Client {
	t.Helper()
	c := newClient(t, farURL)
	c.setTransports(nil, "https://api.example.test:443", nil)
	return c
}

// transports are a client's own transports: creates, other calls, outputs.
func transports(c *Client) []*http.Transport {
	return []*http.Transport{
		c.createTransport.(keyTransport).next.(*http.Transport), c.readTransport.(keyTransport).next.(*http.Transport),
		c.downloads.direct.(*http.Transport), c.downloads.proxied.(*http.Transport),
	}
}

// redial makes all connections of a client in another way; what is above the
// connection stays the client's own.
func redial(c *Client, dial func(ctx context.Context, network, address string) (net.Conn, error)) {
	for _, transport := range transports(c) {
		transport.DialContext = dial
	}
}

// connectByPipes joins a client with a server that lives in the same process without
// a socket, so that the real transport runs in virtual time.
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

// trustServer makes a client believe in a server's certificate; all else about TLS
// stays as it is.
func trustServer(c *Client, server *httptest.Server) {
	pool := x509.NewCertPool()
	pool.AddCert(server.Certificate())
	for _, transport := range transports(c) {
		transport.TLSClientConfig.RootCAs = pool
	}
}

// dialServer makes a client reach one server under any name; the names it asked
// for are told to seen.
func dialServer(c *Client, server *httptest.Server, seen func(address string)) {
	redial(c, func(ctx context.Context, network, address string) (net.Conn, error) {
		seen(address)
		return (&net.Dialer{}).DialContext(ctx, network, server.Listener.Addr().String())
	})
}

// newTLSServer is a TLS server whose certificate is for example.com and 127.0.0.1.
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

// loopback is where names lead that must not leave this machine.
var loopback = netip.MustParseAddr("127.0.0.1")
