// Package demotest has what the tests of several packages need to use the demo server: a server, the
// options of a client that talks to it in memory, a key that no output may contain, and tiny
// pictures.
//
// Only tests may import it. It may import api and api/demo.
package demotest

import (
	"net/http"
	"testing"

	"tintype/api"
	"tintype/api/demo"
)

// Origin is the origin of the URLs that a server of NewServer returns. No request leaves the process
// for it.
const Origin = "http://127.0.0.1:1"

// NewServer returns a demo server, with Origin unless the options have another one.
func NewServer(t testing.TB, o demo.Options) *demo.Server {
	t.Helper()
	if o.BaseURL == "" {
		o.BaseURL = Origin
	}
	server, err := demo.New(o)
	if err != nil {
		t.Fatal(err)
	}
	return server
}

// ClientOptions are the options of a client with Key that reaches the demo server as a provider does
// over a transport, usually Server.Transport.
func ClientOptions(p api.Provider, transport http.RoundTripper) api.Options {
	path := "/v1"
	if p.Name == api.CometAPI {
		path = "/replicate/v1"
	}
	return api.Options{Provider: p, BaseURL: Origin + path, Key: api.NewSecret(Key), Transport: transport}
}
