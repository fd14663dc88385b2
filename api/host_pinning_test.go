package api

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
)

// The key goes to the configured origin only: no call of the API, GET or POST, follows a redirect, whether to another
// port, another host, a subdomain, http, or the same address.
func TestSecurityHostPinning(t *testing.T) {
	t.Parallel()
	var elsewhere atomic.Int32
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { elsewhere.Add(1) }))
	defer other.Close()
	_, port, _ := net.SplitHostPort(other.Listener.Addr().String())
	places := []string{
		other.URL + "/x", "http://localhost:" + port, "//localhost:" + port, "http://u:p@127.0.0.1:" + port, "/elsewhere", "?again", "", "::bad",
		"https://example.com:8443/", "http://example.com/v1", "https://sub.example.com/", "https://example.com.evil.test/", "//evil.test/", "https://user@example.com/v1",
	}
	for _, status := range []int{301, 302, 303, 307, 308} {
		for _, sink := range places {
			var here atomic.Int32
			server := newTLSServer(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				here.Add(1)
				w.Header().Set("Location", sink)
				w.WriteHeader(status)
			}), nil)
			client := newClient(t, "https://example.com/v1")
			client.setTransports(nil, mustParseURL(t, "https://example.com/v1"), nil)
			trustServer(client, server)
			var mu sync.Mutex
			var dialed []string
			dialServer(client, server, func(address string) {
				mu.Lock()
				defer mu.Unlock()
				dialed = append(dialed, address)
			})
			for name, call := range everyCall(t, client) {
				if e := AsError(call()); e == nil || e.Code != CodeNoSuchRoute || e.HTTPStatus != status {
					t.Errorf("%s, %d to %q: %v", name, status, sink, e)
				}
			}
			mu.Lock()
			strange := slices.ContainsFunc(dialed, func(address string) bool { return address != "example.com:443" })
			mu.Unlock()
			if here.Load() != 5 || elsewhere.Load() != 0 || strange {
				t.Errorf("%d to %q: %d requests here, %d elsewhere, connections to %q", status, sink, here.Load(), elsewhere.Load(), dialed)
			}
			client.CloseIdle()
			server.Close()
		}
	}
}

// The transport with the key refuses every request for another origin, whoever makes it.
func TestSecurityHostPinningInTheTransport(t *testing.T) {
	t.Parallel()
	row, _ := FindProvider(Replicate)
	var sent atomic.Bool
	c, err := New(Options{Provider: row, Key: NewSecret(canary), Transport: roundTrip(func(*http.Request) (*http.Response, error) {
		sent.Store(true)
		return nil, errors.New("no")
	})})
	if err != nil {
		t.Fatal(err)
	}
	for _, target := range []string{
		"http://api.replicate.com/v1", "https://api.replicate.com:8443/", "https://api.replicate.com.evil.example/", "https://evil.example",
		"https://sub.api.replicate.com/", "https://replicate.com/", "ftp://api.replicate.com:443/", "https://api.replicate.com@evil.example/", "//api.replicate.com/",
	} {
		u, _ := url.Parse(target)
		for _, transport := range []http.RoundTripper{c.readTransport, c.createTransport} {
			_, err := transport.RoundTrip((&http.Request{Method: http.MethodGet, URL: u, Header: http.Header{}}).WithContext(t.Context()))
			if !errors.Is(err, errWrongOrigin) || sent.Load() {
				t.Errorf("%s: %v", target, err)
			}
		}
	}
	u, _ := url.Parse("https://API.replicate.com:443/v1/x")
	req := (&http.Request{Method: http.MethodGet, URL: u, Header: http.Header{}}).WithContext(t.Context())
	if _, err := c.readTransport.RoundTrip(req); errors.Is(err, errWrongOrigin) || !sent.Load() || req.Header.Get("Authorization") != "" {
		t.Errorf("the origin itself: %v; the caller's own header: %v", err, req.Header)
	}
}

// With a base URL on this machine (where plain http is allowed), a name that resolves to another machine is not
// connected to.
func TestSecurityHostPinningOfThisMachine(t *testing.T) {
	t.Parallel()
	c := newClient(t, "http://localhost:9/v1")
	for _, transport := range transports(c)[:2] {
		for _, address := range []string{"192.0.2.1:9", "8.8.8.8:443", "[2001:db8::1]:9", "10.0.0.1:80", "0.0.0.0:9", "169.254.169.254:80"} {
			conn, err := transport.DialContext(t.Context(), "tcp", address)
			if !errors.Is(err, errNotLoopback) {
				t.Errorf("%s: %v, %v", address, conn, err)
			}
		}
	}
	for name, transport := range map[string]*http.Transport{"create": transports(c)[0], "get": transports(c)[1]} {
		if transport.Proxy != nil {
			t.Errorf("%s: a proxy could be asked", name)
		}
	}
}

// URLs in an answer are ignored: urls.get, urls.cancel, next, Location, Link and Refresh cause no request to the host
// they name. Paths are built from the base URL and the id.
func TestSecurityServerURLsAreIgnored(t *testing.T) {
	t.Parallel()
	var elsewhere atomic.Int32
	second := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { elsewhere.Add(1) }))
	defer second.Close()
	body := fmt.Sprintf(`{"id":"abc","status":"processing","output":["%[1]s/out"],"logs":"%[1]s","model":"a/b",
		"urls":{"get":"%[1]s/get","cancel":"%[1]s/cancel","stream":"%[1]s/stream","web":"%[1]s/web"}}`, second.URL)
	var mu sync.Mutex
	var seen []string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		seen = append(seen, r.Method+" "+r.URL.String())
		mu.Unlock()
		for _, name := range []string{"Location", "Content-Location", "Refresh", "Alt-Svc"} {
			w.Header().Set(name, second.URL)
		}
		w.Header().Set("Link", "<"+second.URL+">; rel=next")
		switch {
		case r.URL.Path == "/v1/predictions":
			_, _ = fmt.Fprintf(w, `{"next":"%s/next?cursor=c1","previous":"%[1]s","results":[%s]}`, second.URL, body)
		case strings.HasPrefix(r.URL.Path, "/v1/models/a/b") && r.Method == http.MethodGet:
			_, _ = fmt.Fprintf(w, `{"url":"%s","latest_version":{"openapi_schema":{"$ref":"%[1]s"}}}`, second.URL)
		default:
			_, _ = io.WriteString(w, body)
		}
	}))
	defer server.Close()
	client := newClient(t, server.URL+"/v1")
	for range 2 {
		for name, call := range everyCall(t, client) {
			if err := call(); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
		}
	}
	page, err := client.List(t.Context(), "")
	if err != nil || page.Next != "c1" {
		t.Fatalf("%+v, %v", page, err)
	}
	if _, err = client.List(t.Context(), page.Next); err != nil {
		t.Fatal(err)
	}
	mu.Lock()
	defer mu.Unlock()
	slices.Sort(seen)
	want := []string{
		"GET /v1/models/a/b", "GET /v1/predictions", "GET /v1/predictions/abc", "GET /v1/predictions?cursor=c1",
		"POST /v1/models/black-forest-labs/flux-schnell/predictions", "POST /v1/predictions/abc/cancel",
	}
	if got := slices.Compact(seen); elsewhere.Load() != 0 || !slices.Equal(got, want) {
		t.Errorf("%d requests to the second host; here:\n%s", elsewhere.Load(), strings.Join(got, "\n"))
	}
}

// An id is 1 to 200 letters, digits, _ and -. No other is put into a path or accepted from a server.
func TestSecurityIDs(t *testing.T) {
	t.Parallel()
	bad := []string{
		"", ".", "..", "../x", "a/b", "a//b", "/abs", `a\b`, "a?b", "a#b", "a%2fb", "a%00b", "a b", "a\x00b", "a\nb", "é", "a.b", "a:b", "a@b", "a;b", "a&b", "a=b",
		"\x1b[2J", "a\u202eb", "ａ", strings.Repeat("a", 201),
	}
	server, address := newServer(t, 200, "")
	client := newClient(t, address)
	for _, id := range bad {
		for name, err := range map[string]error{"get": errorOf(client.Get(t.Context(), id)), "cancel": errorOf(client.Cancel(t.Context(), id))} {
			if e := AsError(err); e == nil || e.Code != CodeInvalid || !e.BadID() || server.count() != 0 {
				t.Errorf("%s of %q: %v, %d requests", name, id, err, server.count())
			}
		}
	}
	for _, id := range bad {
		quoted, _ := json.Marshal(id)
		for _, shape := range []string{`{"id":%s,"status":"starting"}`, `{"code":"success","data":{"task_id":%s,"status":"SUBMITTED"}}`, `{"code":"success","data":%s}`, `{"id":%s,`} {
			body := fmt.Sprintf(shape, quoted)
			server.respond(200, body)
			if p, err := client.Create(t.Context(), boatRequest); err == nil || p.ID != "" || AsError(err).Outcome != OutcomeUnknown || AsError(err).ID != "" {
				t.Errorf("%s: taken as %q, %v", body, p.ID, err)
			}
		}
		body := fmt.Sprintf(`{"results":[{"id":%s,"status":"succeeded"},{"id":"good"}]}`, quoted)
		server.respond(200, body)
		if page, err := client.List(t.Context(), ""); err != nil || len(page.Predictions) != 1 || page.Predictions[0].ID != "good" {
			t.Errorf("%s: %+v, %v", body, page, err)
		}
	}
	for _, id := range []string{"a", "A-_9", "q4chw5rey9rmt0cww76t4h3ma4", "task_abc-1", strings.Repeat("a", 200)} {
		server.respond(200, fmt.Sprintf(`{"id":%q,"status":"starting"}`, id))
		if p, err := client.Create(t.Context(), boatRequest); err != nil || p.ID != id {
			t.Errorf("%s: %v", id, err)
		}
		if p, err := client.Get(t.Context(), id); err != nil || p.ID != id {
			t.Errorf("%s: %v", id, err)
		}
	}
}

// TLS is at least 1.2, certificates are verified, and no other HTTP client is used: neither in this package's transports
// nor anywhere in the source.
func TestSecurityNoInsecureTLS(t *testing.T) {
	t.Parallel()
	for i, transport := range transports(farClient(t)) {
		tls := transport.TLSClientConfig
		if tls == nil || tls.MinVersion < 0x0303 || tls.InsecureSkipVerify || tls.VerifyConnection != nil || tls.VerifyPeerCertificate != nil || tls.CipherSuites != nil || transport.DialTLSContext != nil {
			t.Errorf("transport %d: %+v", i, tls)
		}
	}
	never := []string{"InsecureSkip" + "Verify: ", "InsecureSkip" + "Verify = ", "http.Default" + "Client", "http.Default" + "Transport", "http.G" + "et(", "http.P" + "ost(", "http.PostF" + "orm("}
	files := 0
	err := filepath.WalkDir("..", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".go") {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		files++
		for i, word := range never {
			if strings.Contains(string(text), word) && (i < 2 || !strings.HasSuffix(path, "_test.go")) {
				t.Errorf("%s has %s", path, word)
			}
		}
		return nil
	})
	if err != nil || files < 100 {
		t.Errorf("%d files read, %v", files, err)
	}
}
