package api

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httptrace"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
)

// blockedOutputs are addresses of outputs that nothing is fetched from, and why.
var blockedOutputs = map[string]error{
	"http://replicate.delivery:8080/x": errNotHTTPS, "file:///etc/passwd": errNotHTTPS, "FILE:///etc/passwd": errNotHTTPS, "ftp://a.example/": errNotHTTPS,
	"javascript:alert(1)": errNotHTTPS, "": errNotHTTPS, "https:///x": errNotHTTPS, "https:a.example/x": errNotHTTPS,
	"gopher://a": errNotHTTPS, "unix:///run/docker.sock": errNotHTTPS, "ws://a.example/": errNotHTTPS, "https://a.example\\@127.0.0.1/": errNotHTTPS, "https://[::1": errNotHTTPS,
	"https://u@a.example/": errBadAddress, "https://u:p@a.example/": errBadAddress, "https://a.example@replicate.delivery/": errBadAddress,
	"https://a.example:465/": errBadAddress, "https://a.example:22/": errBadAddress, "https://a.example:80/": errBadAddress, "https://a.example:0443/": errBadAddress,
	"https://127.0.0.1/": errPrivate, "https://127.1.2.3/": errPrivate, "https://localhost/": errPrivate, "https://LOCALHOST./": errPrivate,
	"https://x.localhost/": errPrivate, "https://[::1]/": errPrivate, "https://[::ffff:127.0.0.1]/": errPrivate, "https://[::]/": errPrivate,
	"https://0.0.0.0/": errPrivate, "https://10.0.0.1/": errPrivate, "https://172.16.0.1/": errPrivate, "https://192.168.1.1/": errPrivate,
	"https://169.254.169.254/latest/meta-data": errPrivate, "https://[fe80::1]/": errPrivate, "https://[fe80::1%25eth0]/": errPrivate,
	"https://100.64.0.1/": errPrivate, "https://[fc00::1]/": errPrivate, "https://[fd00:ec2::254]/": errPrivate, "https://224.0.0.1/": errPrivate,
	"https://[ff02::1]/": errPrivate, "https://255.255.255.255/": errPrivate, "https://[64:ff9b::7f00:1]/": errPrivate, "https://[2002:7f00:1::]/": errPrivate,
	"https://192.0.0.1/": errPrivate, "https://198.18.0.1/": errPrivate, "https://[::127.0.0.1]/": errPrivate, "https://[2001:db8::1]/": errPrivate, "https://10.0.0.1:443/": errPrivate,
}

// privateAddresses are addresses that nothing is fetched from, whatever name resolves to them.
var privateAddresses = []string{
	"127.0.0.1", "127.255.0.1", "10.0.0.1", "172.31.255.255", "192.168.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1", "255.255.255.255", "198.18.0.1",
	"::1", "::", "fe80::1", "fd00:ec2::254", "ff02::1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::1",
}

// privateNames are host names that the resolver, or the transport's normalisation of names, may turn into a private
// address.
var privateNames = []string{
	"rebind.example.test", "127.0.0.1.nip.example.test", "2130706433", "0x7f.1", "0177.0.0.1", "127.1", "ⓛocalhost", "127。0。0。1", "metadata.google.internal", "router.lan.",
}

// dialLog counts what a client's dialers do.
type dialLog struct {
	mu      sync.Mutex
	begun   int     // dials that were started
	made    int     // dials that connected
	refused []error // why the others failed
}

// snapshot returns the counts so far.
func (d *dialLog) snapshot() (begun, made int, refused []error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.begun, d.made, slices.Clone(d.refused)
}

// withTrace returns a context with which dials are counted, above the client's own dialer.
func (d *dialLog) withTrace(ctx context.Context) context.Context {
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		ConnectStart: func(string, string) {
			d.mu.Lock()
			defer d.mu.Unlock()
			d.begun++
		},
		ConnectDone: func(_, _ string, err error) {
			d.mu.Lock()
			defer d.mu.Unlock()
			if err == nil {
				d.made++
			} else {
				d.refused = append(d.refused, err)
			}
		},
	})
}

// Outputs are fetched by https from the public internet only: none of fifty other addresses is dialed.
func TestSecurityOutputURLs(t *testing.T) {
	t.Parallel()
	for raw, want := range blockedOutputs {
		var d dialLog
		var got restartableBuffer
		_, err := farClient(t).Download(d.withTrace(t.Context()), raw, Resume{}, &got)
		begun, _, _ := d.snapshot()
		if e := AsError(err); e == nil || e.Code != CodeBlocked || e.Temporary() || !errors.Is(err, want) || begun != 0 || got.Len() != 0 {
			t.Errorf("%s: %v, %d dials", raw, err, begun)
		}
	}
	if len(blockedOutputs) < 40 {
		t.Errorf("only %d addresses", len(blockedOutputs))
	}
}

// A name is judged by the address it resolves to, at each dial (DNS rebinding): the dialer stops before it connects.
func TestSecurityOutputURLsRebinding(t *testing.T) {
	for _, address := range privateAddresses {
		addr := netip.MustParseAddr(address)
		resolveBy(t, publicAPI(addr))
		for i, host := range privateNames {
			if i > 0 && address != "127.0.0.1" {
				continue
			}
			var d dialLog
			var got restartableBuffer
			_, err := farClient(t).Download(d.withTrace(t.Context()), "https://"+host+"/x.png", Resume{}, &got)
			e := AsError(err)
			_, made, refused := d.snapshot()
			if e == nil || e.Code != CodeBlocked && e.Code != CodeOffline || made != 0 || got.Len() != 0 {
				t.Errorf("%s at %s: %v, %d connections", host, address, err, made)
			}
			if i == 0 && !errors.Is(err, errPrivate) {
				t.Errorf("%s at %s: %v", host, address, err)
			}
			for _, why := range refused {
				if !errors.Is(why, errPrivate) {
					t.Errorf("%s at %s: it was tried: %v", host, address, why)
				}
			}
		}
	}
}

// At the dial, a port other than 443 is refused too, and so is any address that is not IP.
func TestSecurityOutputURLsAtTheDial(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]error{
		"8.8.8.8:443": nil, "[2606:4700::1111]:443": nil, "8.8.8.8:80": errBadAddress, "8.8.8.8:22": errBadAddress, "127.0.0.1:443": errPrivate, "x": errPrivate, "/run/x.sock": errPrivate,
	} {
		if err := guardOf(t, farURL).checkDial(t.Context(), "tcp", address, nil); !errors.Is(err, want) {
			t.Errorf("%s: %v", address, err)
		}
	}
	if err := guardOf(t, "http://127.0.0.1:9").checkDial(t.Context(), "tcp", "10.0.0.1:80", nil); !errors.Is(err, errPrivate) {
		t.Errorf("beside this machine: %v", err)
	}
}

// redirectChain records a chain of redirects: how many requests, and which other names were dialed.
type redirectChain struct {
	mu     sync.Mutex
	hops   int
	others []string
}

// take returns the record and clears it.
func (c *redirectChain) take() (hops int, others []string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	hops, others = c.hops, c.others
	c.hops, c.others = 0, nil
	return hops, others
}

// newRedirectChain returns a client for outputs at https://example.com, whose server redirects /3?to=X to /2?to=X and so
// on, and /0 to X. All other names are dialed by the client itself; requests of the server and those dials are counted.
func newRedirectChain(t *testing.T, status int) (c *Client, came *redirectChain) {
	t.Helper()
	came = &redirectChain{}
	server := newTLSServer(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		came.mu.Lock()
		came.hops++
		came.mu.Unlock()
		for name := range r.Header {
			if !slices.Contains([]string{"Accept", "Accept-Encoding", "User-Agent"}, name) {
				t.Errorf("a picture was asked for with %s", name)
			}
		}
		http.SetCookie(w, &http.Cookie{Name: "session", Value: "x"})
		next := r.URL.Query().Get("to")
		if left := r.URL.Path[1:]; left > "0" {
			next = fmt.Sprintf("/%c?%s", left[0]-1, r.URL.RawQuery)
		}
		w.Header().Set("Location", next)
		w.WriteHeader(status)
	}), nil)
	c = farClient(t)
	trustServer(c, server)
	for _, transport := range transports(c)[2:] {
		own := transport.DialContext
		transport.DialContext = func(ctx context.Context, network, address string) (net.Conn, error) {
			if address == "example.com:443" {
				return (&net.Dialer{}).DialContext(ctx, network, server.Listener.Addr().String())
			}
			came.mu.Lock()
			came.others = append(came.others, address)
			came.mu.Unlock()
			return own(ctx, network, address)
		}
	}
	return c, came
}

// Each target of a redirect is checked like the first address, at every position in the chain. No request carries a key,
// a cookie or a referrer.
func TestSecurityOutputURLsRedirects(t *testing.T) {
	for i, status := range []int{301, 302, 303, 307, 308} {
		c, came := newRedirectChain(t, status)
		for raw, want := range blockedOutputs {
			if raw == "" || raw == "https:///x" || raw == "https:a.example/x" {
				continue // in a Location these are relative
			}
			var got restartableBuffer
			_, err := c.Download(t.Context(), fmt.Sprintf("https://example.com/%d?to=%s", i, queryEscaped(raw)), Resume{}, &got)
			e := AsError(err)
			hops, others := came.take()
			if e == nil || e.Code != CodeBlocked && !errors.Is(want, errNotHTTPS) || hops != i+1 || len(others) != 0 || got.Len() != 0 {
				t.Errorf("%d × %d to %s: %v, after %d requests, dials to %q", i+1, status, raw, err, hops, others)
			}
			if !errors.Is(err, want) && e.Code != CodeRefused {
				t.Errorf("%d to %s: %v, not %v", status, raw, err, want)
			}
		}
		resolveBy(t, publicAPI(loopback))
		err := errorOf(c.Download(t.Context(), "https://example.com/0?to=https://rebind.example.test/", Resume{}, io.Discard))
		if _, others := came.take(); !errors.Is(err, errPrivate) || len(others) != 1 {
			t.Errorf("%d to a name that leads inside: %v, dials to %q", status, err, others)
		}
		err = errorOf(c.Download(t.Context(), "https://example.com/7?to=/7", Resume{}, io.Discard))
		if hops, _ := came.take(); !errors.Is(err, errRedirects) || hops != 6 {
			t.Errorf("an endless chain: %v after %d requests", err, hops)
		}
	}
}

// queryEscaped makes an address a value in a query.
func queryEscaped(raw string) string {
	return strings.NewReplacer("%", "%25", "&", "%26", "#", "%23", "+", "%2B", " ", "%20", "\\", "%5C").Replace(raw)
}

// Five redirects are followed; a sixth is not.
func TestSecurityOutputURLsFiveRedirects(t *testing.T) {
	t.Parallel()
	base := pictureServer(t)
	var hops, most atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if hops.Add(1) > most.Load() {
			http.Redirect(w, r, base, http.StatusFound)
			return
		}
		http.Redirect(w, r, "/again#x", http.StatusTemporaryRedirect)
	}))
	defer server.Close()
	client := newClient(t, server.URL)
	for redirects := 1; redirects <= 8; redirects++ {
		hops.Store(0)
		most.Store(int32(redirects - 1)) // and one to the picture
		var got restartableBuffer
		_, err := client.Download(t.Context(), server.URL, Resume{}, &got)
		if redirects <= 5 && (err != nil || got.Len() != len(picture)) {
			t.Errorf("%d redirects: %v", redirects, err)
		}
		if e := AsError(err); redirects > 5 && (e == nil || e.Code != CodeRefused || !e.Temporary() || hops.Load() != 6) {
			t.Errorf("%d redirects: %v, %d requests", redirects, err, hops.Load())
		}
	}
}

// http and other ports are allowed on this machine only, and only if the base URL is on it. A redirect from https to
// http is refused even then.
func TestSecurityOutputURLsOfThisMachine(t *testing.T) {
	t.Parallel()
	local := guardOf(t, "http://127.0.0.1:7/v1")
	for raw, want := range map[string]error{
		"http://127.0.0.1:8080/outputs/x": nil, "http://localhost:9/x": nil, "https://[::1]:9/x": nil, "https://replicate.delivery/x": nil,
		"http://10.0.0.1/x": errNotHTTPS, "https://10.0.0.1/x": errPrivate, "http://u:p@127.0.0.1/": errNotHTTPS, "ftp://127.0.0.1/": errNotHTTPS,
		"http://replicate.delivery/x": errNotHTTPS, "https://169.254.169.254/": errPrivate, "https://a.example:465/": errBadAddress,
	} {
		if got := local.checkURL(t.Context(), mustParseURL(t, raw)); !errors.Is(got, want) {
			t.Errorf("from this machine, %s: %v", raw, got)
		}
	}
	plain, address := newServer(t, 200, "")
	safe := newTLSServer(t, http.RedirectHandler(address, http.StatusFound), nil)
	client := newClient(t, safe.URL)
	trustServer(client, safe)
	if err := errorOf(client.Download(t.Context(), safe.URL, Resume{}, io.Discard)); !errors.Is(err, errNotHTTPS) || AsError(err).Code != CodeBlocked || plain.count() != 0 {
		t.Errorf("%v, %d requests over http", err, plain.count())
	}
}

// Behind a proxy, outputs go through it whatever their host is. It resolves names itself, so only what can be seen
// without that is refused, at each redirect. The proxy sees no key.
func TestSecurityOutputURLsBehindAProxy(t *testing.T) {
	t.Parallel()
	sentOn := make(chan string, 1)
	server := newTLSServer(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		select {
		case next := <-sentOn:
			w.Header().Set("Location", next)
			w.WriteHeader(http.StatusFound)
		default:
			_, _ = w.Write(picture)
		}
	}), nil)
	for first, onward := range map[string]string{
		"https://replicate.delivery/x": "", "https://pbxt.replicate.delivery/x": "https://xezq.REPLICATE.delivery./y", "https://a.example/x": "",
		"https://replicate.delivery/1": "https://a.example/x", "https://replicate.delivery/2": "https://10.0.0.1/", "https://replicate.delivery/3": "http://replicate.delivery/",
		"https://8.8.8.8/x": "", "https://10.0.0.1/x": "blocked", "https://198.18.0.1/x": "blocked", "https://localhost/x": "blocked", "https://LOCALHOST/x": "blocked", "https://[::1]/x": "blocked",
		"https://169.254.169.254/": "blocked", "https://metadata.google.internal/": "blocked", "https://2130706433/": "blocked", "https://127.1/": "blocked", "https://0x7f.0x1/": "blocked",
		"https://127。0。0。1/": "blocked", "https://ⓛocalhost/": "blocked", "https://a.example:465/": "blocked", "https://u:p@a.example/": "blocked",
		"https://a.example/4": "https://127.0.0.1/", "https://a.example/5": "file:///etc/passwd",
	} {
		proxy := newFakeProxy(t, "200 OK", server.Listener.Addr().String())
		c := newProxiedClient(t, proxy.url)
		trustServer(c, server)
		transports(c)[3].TLSClientConfig.ServerName = "example.com" // the name in the certificate
		var d dialLog
		var got restartableBuffer
		if onward != "" && onward != "blocked" {
			sentOn <- onward
		}
		_, err := c.Download(d.withTrace(t.Context()), first, Resume{}, &got)
		open := onward == "" || strings.Contains(onward, "REPLICATE") || onward == "https://a.example/x" || onward == "http://replicate.delivery/"
		if e := AsError(err); open && (err != nil || got.Len() != len(picture)) || !open && (e == nil || e.Code != CodeBlocked || got.Len() != 0) {
			t.Errorf("%s, then %q: %v, %d bytes", first, onward, err, got.Len())
		}
		for _, asked := range proxy.checkSeen(t) {
			host := strings.TrimSuffix(strings.TrimSuffix(strings.ToLower(strings.TrimPrefix(asked, "CONNECT ")), ":443"), ".")
			if onward == "blocked" || host != "a.example" && host != "8.8.8.8" && host != "replicate.delivery" && !strings.HasSuffix(host, ".replicate.delivery") {
				t.Errorf("%s, then %q: the proxy was asked for %s", first, onward, asked)
			}
		}
		c.CloseIdle()
	}
}
