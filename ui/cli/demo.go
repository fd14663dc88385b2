package cli

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"path/filepath"

	"tintype/api"
	"tintype/api/demo"
)

// demoBase is the demo's base URL in the history. It names no port, so that a later start, whose server listens on another
// one, takes up what an earlier one left: entries are followed by the base URL that they were bought at.
const demoBase = "http://localhost/v1"

// startDemo starts the demo's server on a free port of this machine, and points the options at it.
func (s *session) startDemo(ctx context.Context, options *api.Options) error {
	ctx, s.stop = context.WithCancel(ctx)
	server, err := demo.New(demo.Options{Path: filepath.Join(s.settings.DataDir, "demo.jsonl"), Now: options.Now})
	if err != nil {
		return fmt.Errorf("the demo cannot keep its predictions: %w", err)
	}
	origin, err := server.Listen(ctx, "127.0.0.1:0")
	if err != nil {
		return fmt.Errorf("the demo cannot listen on this machine: %w", err)
	}
	at, err := url.Parse(origin)
	if err != nil {
		return fmt.Errorf("the demo listens at %q, which is no address: %w", origin, err)
	}
	options.BaseURL = demoBase
	options.Transport = dialling(at.Host)
	return nil
}

// dialling is a transport that reaches one server, whatever host is asked for. It resends nothing by itself: a kept
// connection that died would let Go send a request again.
func dialling(address string) http.RoundTripper {
	var dialer net.Dialer
	return &http.Transport{
		DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
			return dialer.DialContext(ctx, network, address)
		},
		DisableKeepAlives:      true,
		MaxResponseHeaderBytes: 64 << 10,
	}
}
