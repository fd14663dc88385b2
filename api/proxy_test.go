package api

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
)

// fakeProxy is a proxy that records all bytes it receives. It answers CONNECT with a status line, and relays after "200
// OK".
type fakeProxy struct {
	url    *url.URL
	onward string // where every CONNECT leads
	mu     sync.Mutex
	bytes  bytes.Buffer
	asked  []string // the requests' methods and hosts
}

func newFakeProxy(t *testing.T, status, onward string) *fakeProxy {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &fakeProxy{url: &url.URL{Scheme: "http", Host: listener.Addr().String()}, onward: onward}
	var running sync.WaitGroup
	t.Cleanup(func() {
		_ = listener.Close()
		running.Wait()
	})
	running.Go(func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			running.Go(func() { p.serve(conn, status) })
		}
	})
	return p
}

// serve answers one request, and relays what follows.
func (p *fakeProxy) serve(conn net.Conn, status string) {
	defer func() { _ = conn.Close() }()
	heard := io.TeeReader(conn, p)
	req, err := readRequest(heard)
	if err != nil {
		return
	}
	p.mu.Lock()
	p.asked = append(p.asked, req.Method+" "+req.Host)
	p.mu.Unlock()
	_, _ = fmt.Fprintf(conn, "HTTP/1.1 %s\r\n\r\n", status)
	if status != "200 OK" {
		return
	}
	onward, err := net.Dial("tcp", p.onward)
	if err != nil {
		return
	}
	go func() {
		_, _ = io.Copy(onward, heard)
		_ = onward.Close()
	}()
	_, _ = io.Copy(conn, onward)
}

// Write records received bytes.
func (p *fakeProxy) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.bytes.Write(b)
}

// checkSeen looks for the key in every received byte, and returns the requests.
func (p *fakeProxy) checkSeen(t *testing.T) []string {
	t.Helper()
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, word := range append(keySpellings(canary), "Bearer", "Authorization", "paper boat") {
		if bytes.Contains(p.bytes.Bytes(), []byte(word)) {
			t.Errorf("the proxy saw %q in\n%q", word, p.bytes.Bytes())
		}
	}
	return p.asked
}

// newProxiedClient returns a client for farURL that uses a proxy.
func newProxiedClient(t *testing.T, proxy *url.URL) *Client {
	t.Helper()
	c := newClient(t, farURL)
	c.setTransports(nil, mustParseURL(t, farURL), http.ProxyURL(proxy))
	return c
}

// Row "proxy": one that refuses, wants a password or does not answer means that nothing was sent, and the error says so.
// It receives only CONNECT, and no byte of the key or of the request.
func TestFaultProxy(t *testing.T) {
	t.Parallel()
	for status, says := range map[string]string{
		"407 Proxy Authentication Required": "the proxy wants a name and a password (407).",
		"403 Forbidden":                     "the proxy answers 403 Forbidden.",
		"502 \x1b[2J":                       "the proxy answers 502 [2J.",
	} {
		proxy := newFakeProxy(t, status, "")
		c := newProxiedClient(t, proxy.url)
		for name, call := range everyCall(t, c) {
			e := AsError(call())
			if e == nil || e.Code != CodeUnreachable || e.HTTPStatus != 0 || name == "create" && e.Outcome != NotSent || !strings.Contains(e.Error(), says) {
				t.Errorf("%s, %s: %q", status, name, e)
			}
		}
		if e := AsError(errorOf(c.Download(t.Context(), "https://replicate.delivery/x", Resume{}, io.Discard))); e == nil || e.Code != CodeUnreachable {
			t.Errorf("%s, download: %v", status, e)
		}
		asked := proxy.checkSeen(t)
		if text := strings.Join(asked, ", "); len(asked) != 6 || strings.Count(text, "CONNECT api.example.test:443") != 5 || !strings.Contains(text, "CONNECT replicate.delivery:443") {
			t.Errorf("%s: the proxy was asked for %s", status, text)
		}
	}
	gone := newProxiedClient(t, &url.URL{Scheme: "http", Host: closedAddress})
	if e := AsError(create(gone)); e == nil || e.Outcome != NotSent || !strings.Contains(e.Error(), ": the proxy does not answer: ") {
		t.Errorf("no proxy there: %v", e)
	}
}

// Row "proxy": a purchase through a working one is as without it, and the proxy sees only CONNECT and TLS.
func TestFaultProxyThatWorks(t *testing.T) {
	t.Parallel()
	handler := &cannedServer{status: http.StatusCreated, body: createdBody}
	server := newTLSServer(t, handler, nil)
	proxy := newFakeProxy(t, "200 OK", server.Listener.Addr().String())
	c := newClient(t, "https://example.com/v1")
	c.setTransports(nil, mustParseURL(t, "https://example.com/v1"), http.ProxyURL(proxy.url))
	trustServer(c, server)
	if p, err := c.Create(t.Context(), boatRequest); err != nil || p.ID != createdID {
		t.Errorf("%+v, %v", p, err)
	}
	if p, err := c.Get(t.Context(), createdID); err != nil || p.ID != createdID {
		t.Errorf("%+v, %v", p, err)
	}
	for _, r := range handler.requests() {
		if r.Header.Get("Authorization") != "Bearer "+canary {
			t.Errorf("the server saw %v", r.Header)
		}
	}
	if n := handler.count(); n != 2 {
		t.Errorf("the server was asked %d times", n)
	}
	if asked := proxy.checkSeen(t); len(asked) != 2 || asked[0] != "CONNECT example.com:443" || asked[1] != asked[0] {
		t.Errorf("the proxy was asked for %q", asked)
	}
	c.CloseIdle()
}

// childURL makes this test a child process that calls a base URL, with the environment's proxies.
const childURL = "TINTYPE_TEST_PROXY_CHILD"

// Row "proxy": the environment decides, as for other programs. HTTPS_PROXY is used, NO_PROXY makes exceptions, and a
// base URL on this machine never uses a proxy, however it is written, because http sends the key in clear.
func TestFaultProxyFromEnvironment(t *testing.T) {
	t.Parallel()
	if base := os.Getenv(childURL); base != "" {
		resolveAllTo(t, loopback)
		_ = create(newClient(t, base))
		_ = get(newClient(t, base))
		return
	}
	direct := newRawServer(t, func(conn *net.TCPConn, _ *http.Request) { resetConnection(conn) })
	port := direct.base[strings.LastIndex(direct.base, ":")+1 : strings.Index(direct.base, "/under")]
	for _, test := range []struct {
		base, variable, except string
		through                int
	}{
		{farURL, "HTTPS_PROXY", "", 2},
		{farURL, "https_proxy", "elsewhere.test", 2},
		{farURL, "HTTP_PROXY", "", 0},
		{"https://api.example.test:" + port, "HTTPS_PROXY", "example.test", 0},
		{"https://api.example.test:" + port, "HTTPS_PROXY", "*", 0},
		{"http://127.0.0.1:" + port, "HTTP_PROXY", "", 0},
		{"http://localhost:" + port, "HTTP_PROXY", "", 0},
		{"http://LOCALHOST:" + port, "HTTP_PROXY", "", 0},
		{"http://LocalHost:" + port, "http_proxy", "", 0},
		{"https://LOCALHOST:" + port, "HTTPS_PROXY", "", 0},
	} {
		if testing.Short() && !strings.Contains(test.base, "LOCALHOST") && test.through+len(test.except) == 0 {
			continue
		}
		proxy := newFakeProxy(t, "407 No", "")
		child := exec.Command(os.Args[0], "-test.run=^TestFaultProxyFromEnvironment$")
		child.Env = append(withoutProxyVariables(os.Environ()), childURL+"="+test.base, test.variable+"="+proxy.url.String(), "NO_PROXY="+test.except)
		if out, err := child.CombinedOutput(); err != nil {
			t.Fatalf("%s\n%s", err, out)
		}
		if asked := proxy.checkSeen(t); len(asked) != test.through {
			t.Errorf("%s, %s, NO_PROXY %q: the proxy was asked for %q", test.base, test.variable, test.except, asked)
		}
	}
	if n := direct.posts.Load(); !testing.Short() && n != 4 || n == 0 { // those by http; TLS fails in its handshake
		t.Errorf("%d POSTs without a proxy", n)
	}
}

// withoutProxyVariables returns an environment without the variables that choose proxies.
func withoutProxyVariables(environment []string) (rest []string) {
	for _, line := range environment {
		if name, _, _ := strings.Cut(strings.ToLower(line), "="); !strings.HasSuffix(name, "_proxy") && name != "request_method" {
			rest = append(rest, line)
		}
	}
	return rest
}
