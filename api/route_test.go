package api

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"testing"
)

// newReplicateClient returns a client of Replicate's own base URL, which reaches a server of this machine, and whose
// names resolve by a table.
func newReplicateClient(t *testing.T, server *httptest.Server, proxy proxyFunc, names map[string]string) *Client {
	t.Helper()
	row, _ := FindProvider(Replicate)
	c, err := New(Options{Provider: row, Key: NewSecret(canary)})
	if err != nil {
		t.Fatal(err)
	}
	c.setTransports(nil, mustParseURL(t, row.BaseURL), proxy)
	trustServer(c, server)
	for _, transport := range transports(c) {
		transport.TLSClientConfig.ServerName = "example.com" // the name in the certificate
	}
	dialServer(c, server, func(string) {})
	c.downloads.guard.lookup = func(_ context.Context, host string) (found []netip.Addr, err error) {
		for _, addr := range strings.Fields(names[host]) {
			found = append(found, netip.MustParseAddr(addr))
		}
		if len(found) == 0 {
			return nil, errors.New("no such name")
		}
		return found, nil
	}
	return c
}

// TestPicturesThatWouldBeRefusedAreNotBought: where the provider's pictures lead to where nothing is fetched from, a
// purchase is refused before it is sent; where that is not certain, it is made.
func TestPicturesThatWouldBeRefusedAreNotBought(t *testing.T) {
	t.Parallel()
	handler := &cannedServer{status: http.StatusCreated, body: createdBody}
	server := newTLSServer(t, handler, nil)
	proxy := http.ProxyURL(&url.URL{Scheme: "http", Host: server.Listener.Addr().String()})
	const api, pictures = "api.replicate.com", "replicate.delivery"
	for name, c := range map[string]struct {
		names   map[string]string
		proxy   proxyFunc
		refused string
	}{
		"public":               {map[string]string{api: "8.8.8.8", pictures: "8.8.4.4"}, nil, ""},
		"a tunnel for both":    {map[string]string{api: "198.18.0.7", pictures: "198.18.0.8"}, nil, ""},
		"a tunnel for one":     {map[string]string{api: "8.8.8.8", pictures: "198.18.0.8"}, nil, "198.18.0.8"},
		"a filter of names":    {map[string]string{api: "8.8.8.8", pictures: "0.0.0.0 ::"}, nil, "0.0.0.0"},
		"one address is good":  {map[string]string{api: "8.8.8.8", pictures: "10.0.0.1 8.8.4.4"}, nil, ""},
		"no name":              {map[string]string{api: "8.8.8.8"}, nil, ""},
		"a proxy resolves it":  {map[string]string{api: "8.8.8.8", pictures: "0.0.0.0"}, proxy, ""},
		"no name for the API":  {map[string]string{pictures: "198.18.0.8"}, nil, "198.18.0.8"},
		"this machine for one": {map[string]string{api: "8.8.8.8", pictures: "127.0.0.1"}, nil, "127.0.0.1"},
	} {
		client := newReplicateClient(t, server, c.proxy, c.names)
		err, before := client.CheckPictures(t.Context()), handler.count()
		if c.proxy == nil {
			_, bought := client.Create(t.Context(), boatRequest)
			if (bought == nil) != (c.refused == "") || handler.count()-before != 1 && c.refused == "" || handler.count() != before && c.refused != "" {
				t.Errorf("%s: %v, %d requests", name, bought, handler.count()-before)
			}
		}
		if c.refused == "" {
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
			continue
		}
		want := "Not sent: pictures come from replicate.delivery, which leads to " + c.refused + " here, where nothing is fetched from. Nothing is billed."
		if e := AsError(err); e == nil || e.Code != CodeBlocked || e.Outcome != Refused || e.Error() != want {
			t.Errorf("%s: %v", name, err)
		}
		client.CloseIdle()
	}
}

// TestRoute: how the API is reached is told without the proxy's password.
func TestRoute(t *testing.T) {
	t.Parallel()
	server := newTLSServer(t, &cannedServer{status: http.StatusOK}, nil)
	proxy, _ := url.Parse("http://u:secret@proxy.example:3128")
	for name, c := range map[string]struct {
		proxy proxyFunc
		addr  string
		want  Route
	}{
		"public":   {nil, "8.8.8.8", Route{}},
		"a tunnel": {nil, "198.18.0.7", Route{Network: netip.MustParsePrefix("198.18.0.0/15")}},
		"unknown":  {nil, "", Route{}},
		"a proxy":  {http.ProxyURL(proxy), "198.18.0.7", Route{Proxy: "http://proxy.example:3128"}},
	} {
		client := newReplicateClient(t, server, c.proxy, map[string]string{"api.replicate.com": c.addr})
		if got := client.Route(t.Context()); got != c.want {
			t.Errorf("%s: %+v", name, got)
		}
	}
}
