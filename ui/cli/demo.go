package cli

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"path/filepath"
	"time"

	"tintype/api"
	"tintype/api/demo"
)

// demoBaseURL is the demo's base URL in the history. It has no port: a job is only resumed at the base URL where it was bought, and
// each start of the demo listens on another port.
const demoBaseURL = "http://localhost/v1"

// startDemo starts the demo server on a free port of this machine and directs the client's options to it.
func (s *session) startDemo(ctx context.Context, options *api.Options) error {
	ctx, s.stopDemo = context.WithCancel(ctx)
	server, err := newDemo(s.settings.DataDir, options.Now)
	if err != nil {
		return err
	}
	origin, err := server.Listen(ctx, "127.0.0.1:0")
	if err != nil {
		return fmt.Errorf("the demo cannot listen on this machine: %w", err)
	}
	address, err := url.Parse(origin)
	if err != nil {
		return fmt.Errorf("the demo listens at %q, which is not an address: %w", origin, err)
	}
	options.BaseURL = demoBaseURL
	options.Transport = transportTo(address.Host)
	return nil
}

// newDemo returns a demo server that keeps its predictions in a data folder.
func newDemo(dataDir string, now func() time.Time) (*demo.Server, error) {
	server, err := demo.New(demo.Options{Path: filepath.Join(dataDir, "demo.jsonl"), Now: now})
	if err != nil {
		return nil, fmt.Errorf("the demo cannot keep its predictions: %w", err)
	}
	return server, nil
}

// transportTo returns a transport that connects to one address, whatever host a request names. Keep-alive is off because Go resends
// a request when a kept connection turns out to be dead.
func transportTo(address string) http.RoundTripper {
	var dialer net.Dialer
	return &http.Transport{
		DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
			return dialer.DialContext(ctx, network, address)
		},
		DisableKeepAlives:      true,
		MaxResponseHeaderBytes: 64 << 10,
	}
}
