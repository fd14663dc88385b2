package api

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"syscall"
	"testing"
)

const createdBody = `{"id":"q4chw5rey9rmt0cww76t4h3ma4","model":"black-forest-labs/flux-schnell","version":"hidden",` +
	`"input":{"aspect_ratio":"1:1","output_format":"webp","output_quality":80,"prompt":"A paper boat floating on calm water at sunrise."},` +
	`"logs":"","output":null,"data_removed":false,"error":null,"source":"api","status":"starting","created_at":"2026-03-12T11:27:18.258Z",` +
	`"urls":{"cancel":"https://api.replicate.com/v1/predictions/q4chw5rey9rmt0cww76t4h3ma4/cancel","get":"https://api.replicate.com/v1/predictions/q4chw5rey9rmt0cww76t4h3ma4"}}`

// TestSentOrNot is the table "was it sent?" of reliability.md §2.4.
func TestSentOrNot(t *testing.T) {
	reset := func(conn *net.TCPConn) { _ = conn.SetLinger(0) }
	for name, test := range map[string]struct {
		behave  func(conn *net.TCPConn, req *http.Request)
		code    Code
		verdict Verdict
	}{
		"request read, then reset":  {func(c *net.TCPConn, _ *http.Request) { reset(c) }, CodeUnreachable, Unknown},
		"request read, then closed": {func(*net.TCPConn, *http.Request) {}, CodeUnreachable, Unknown},
		"20 MB of headers": {func(c *net.TCPConn, _ *http.Request) {
			_, _ = io.WriteString(c, "HTTP/1.1 201 Created\r\nX: "+strings.Repeat("x", 20<<20))
		}, CodeTooLarge, Unknown},
		"not HTTP": {func(c *net.TCPConn, _ *http.Request) { _, _ = io.WriteString(c, "hello\r\n\r\n") }, CodeUnreachable, Unknown},
		"huge body": {func(c *net.TCPConn, _ *http.Request) {
			_, _ = io.WriteString(c, "HTTP/1.1 201 Created\r\n\r\n{\"x\":\"")
			for range 10 {
				if _, err := io.WriteString(c, strings.Repeat("y", 1<<20)); err != nil {
					return
				}
			}
		}, CodeTooLarge, Unknown},
	} {
		t.Run(name, func(t *testing.T) {
			server := serveRaw(t, test.behave)
			_, err := server.client(t).Create(t.Context(), boat)
			e := AsError(err)
			if e == nil || e.Code != test.code || e.Verdict != test.verdict {
				t.Fatalf("%#v", e)
			}
			checkError(t, e)
			if n := server.posts.Load(); n != 1 {
				t.Errorf("%d POSTs", n)
			}
		})
	}
}

func TestNotSent(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	refused := "http://" + listener.Addr().String()
	_ = listener.Close()
	untrusted := httptest.NewUnstartedServer(http.NotFoundHandler())
	untrusted.Config.ErrorLog = log.New(io.Discard, "", 0)
	untrusted.StartTLS()
	defer untrusted.Close()
	plain := httptest.NewServer(http.NotFoundHandler())
	defer plain.Close()
	for name, test := range map[string]struct {
		base string
		code Code
	}{
		"refused":             {refused, CodeUnreachable},
		"unknown authority":   {untrusted.URL, CodeTLS},
		"TLS to a plain port": {"https" + strings.TrimPrefix(plain.URL, "http"), CodeTLS},
	} {
		_, err := clientFor(t, test.base).Create(t.Context(), boat)
		e := AsError(err)
		if e == nil || e.Verdict != NotSent || e.Code != test.code {
			t.Errorf("%s: %#v", name, e)
			continue
		}
		if !strings.Contains(e.Error(), "Nothing was sent, nothing is billed.") {
			t.Errorf("%s: %s", name, e)
		}
	}
	done, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = clientFor(t, refused).Create(done, boat)
	if e := AsError(err); e.Verdict != NotSent || e.Code != CodeCanceled || !errors.Is(err, context.Canceled) {
		t.Errorf("ended before: %#v", e)
	}
}

// TestCutCreate cuts a real answer at each byte, in the three ways in which HTTP
// says where a body ends. Accepted purchases give their id or are Unknown, and
// the server counts one POST each.
func TestCutCreate(t *testing.T) {
	step := 1
	if testing.Short() {
		step = 37
	}
	whole := strings.Index(createdBody, `ma4"`) + len(`ma4"`)
	frames := map[string]func(cut int) string{
		"length": func(cut int) string {
			return fmt.Sprintf("HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", len(createdBody), createdBody[:cut])
		},
		"chunked": func(cut int) string {
			return fmt.Sprintf("HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%s", len(createdBody), createdBody[:cut])
		},
		"until close": func(cut int) string { return "HTTP/1.1 201 Created\r\n\r\n" + createdBody[:cut] },
	}
	for name, frame := range frames {
		cut := 0
		server := serveRaw(t, func(conn *net.TCPConn, _ *http.Request) { _, _ = io.WriteString(conn, frame(cut)) })
		client := server.client(t)
		made := int32(0)
		for cut = 0; cut <= len(createdBody); cut += step {
			p, err := client.Create(t.Context(), boat)
			made++
			if cut >= whole && (err != nil || p.ID != "q4chw5rey9rmt0cww76t4h3ma4") {
				t.Fatalf("%s, cut at %d: %q, %v", name, cut, p.ID, err)
			}
			if e := AsError(err); cut < whole && (e == nil || e.Verdict != Unknown) {
				t.Fatalf("%s, cut at %d: %+v, %v", name, cut, p, err)
			}
		}
		if n := server.posts.Load(); n != made {
			t.Errorf("%s: %d POSTs for %d creates", name, n, made)
		}
	}
}

// TestCutHead cuts within the status line and the headers: all of it is Unknown.
func TestCutHead(t *testing.T) {
	head := "HTTP/1.1 201 Created\r\nContent-Type: application/json\r\n\r\n"
	cut := 0
	server := serveRaw(t, func(conn *net.TCPConn, _ *http.Request) { _, _ = io.WriteString(conn, head[:cut]) })
	client := server.client(t)
	for cut = range head {
		if _, err := client.Create(t.Context(), boat); err == nil || AsError(err).Verdict != Unknown {
			t.Fatalf("cut at %d: %v", cut, err)
		}
	}
	if n := server.posts.Load(); int(n) != len(head) {
		t.Errorf("%d POSTs for %d creates", n, len(head))
	}
}

func TestCreateRequest(t *testing.T) {
	var got *http.Request
	var body string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		b, _ := io.ReadAll(r.Body)
		got, body = r, string(b)
		w.Header().Set("Date", "Thu, 12 Mar 2026 11:27:19 GMT")
		w.WriteHeader(http.StatusCreated)
		_, _ = io.WriteString(w, createdBody)
	}))
	defer server.Close()
	client := clientFor(t, server.URL+"/replicate/v1/")
	p, err := client.Create(t.Context(), boat)
	if err != nil || p.ID == "" || p.Status != Starting || p.ServerTime.Format("15:04:05") != "11:27:19" {
		t.Fatalf("%+v, %v", p, err)
	}
	if got.Method != "POST" || got.URL.Path != "/replicate/v1/models/black-forest-labs/flux-schnell/predictions" {
		t.Errorf("%s %s", got.Method, got.URL)
	}
	if body != `{"input":{"prompt":"A paper boat <&>"}}`+"\n" {
		t.Errorf("%s", body)
	}
	for _, name := range []string{"Idempotency-Key", "X-Idempotency-Key", "Prefer", "Cookie", "Referer"} {
		if got.Header.Get(name) != "" {
			t.Errorf("%s is sent", name)
		}
	}
	if got.Header.Get("Authorization") != "Bearer "+canary || got.Header.Get("Content-Type") != "application/json" || !got.Close {
		t.Errorf("%v, close %v", got.Header, got.Close)
	}
	if _, err = client.Create(t.Context(), CreateRequest{Version: "abc123"}); err != nil {
		t.Fatal(err)
	}
	if got.URL.Path != "/replicate/v1/predictions" || body != `{"input":{},"version":"abc123"}`+"\n" {
		t.Errorf("%s: %s", got.URL, body)
	}
}

func TestCreateRefusesHere(t *testing.T) {
	server := serveRaw(t, func(*net.TCPConn, *http.Request) {})
	client := server.client(t)
	for name, r := range map[string]CreateRequest{
		"no model":      {},
		"no owner":      {Model: "flux"},
		"a path":        {Model: "../../account"},
		"dots":          {Model: "a/.."},
		"three parts":   {Model: "a/b/c"},
		"a query":       {Model: "a/b?x=1"},
		"not JSON-able": {Model: "a/b", Input: map[string]any{"x": func() {}}},
	} {
		e := AsError(second(client.Create(t.Context(), r)))
		if e == nil || e.Code != CodeInvalid || e.Verdict != Refused || !strings.HasPrefix(e.Error(), "Not sent: ") {
			t.Errorf("%s: %v", name, e)
		}
	}
	comet, err := New(Options{Provider: Providers()[0]})
	if err != nil {
		t.Fatal(err)
	}
	e := AsError(second(comet.Create(t.Context(), boat)))
	if e.Code != CodeUnauthorized || e.Verdict != Refused || e.Error() != "No key for CometAPI: set COMETAPI_KEY, or try --demo. Nothing is billed." {
		t.Errorf("%v", e)
	}
	if n := server.posts.Load(); n != 0 {
		t.Errorf("%d POSTs", n)
	}
}

// TestRedirects: no API call follows one, so no key and no purchase goes astray.
func TestRedirects(t *testing.T) {
	hits := 0
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { hits++ }))
	defer other.Close()
	for _, status := range []int{301, 302, 303, 307, 308} {
		for _, to := range []string{other.URL + "/x", "/elsewhere", "::bad"} {
			here := 0
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				here++
				w.Header().Set("Location", to)
				w.WriteHeader(status)
			}))
			client := clientFor(t, server.URL)
			for _, err := range []error{
				second(client.Create(t.Context(), boat)), second(client.Get(t.Context(), "abc")),
				second(client.Cancel(t.Context(), "abc")), second(client.List(t.Context(), "")), second(client.Schema(t.Context(), "a/b")),
			} {
				if e := AsError(err); e == nil || e.Code != CodeNoSuchRoute {
					t.Errorf("%d to %s: %v", status, to, err)
				}
			}
			if here != 5 {
				t.Errorf("%d to %s: %d requests", status, to, here)
			}
			server.Close()
		}
	}
	if hits != 0 {
		t.Errorf("%d requests went elsewhere", hits)
	}
}

// TestPinned: the transport lets nothing pass that is not for its origin.
func TestPinned(t *testing.T) {
	row, _ := FindProvider(Replicate)
	sent := false
	c, err := New(Options{Provider: row, Key: NewSecret(canary), Transport: roundTrip(func(*http.Request) (*http.Response, error) {
		sent = true
		return nil, errors.New("no")
	})})
	if err != nil {
		t.Fatal(err)
	}
	for _, target := range []string{"http://api.replicate.com/v1", "https://api.replicate.com:8443/", "https://api.replicate.com.evil.example/", "https://evil.example"} {
		u, _ := url.Parse(target)
		_, err := c.reads.RoundTrip((&http.Request{Method: "GET", URL: u, Header: http.Header{}}).WithContext(t.Context()))
		if !errors.Is(err, errPinned) || sent {
			t.Errorf("%s: %v", target, err)
		}
	}
}

// TestForeignTransport: where nobody traces, silence is no proof of "not sent".
func TestForeignTransport(t *testing.T) {
	row, _ := FindProvider(Replicate)
	for name, test := range map[string]struct {
		err     error
		verdict Verdict
	}{
		"some error": {io.ErrUnexpectedEOF, Unknown},
		"a dial":     {&net.OpError{Op: "dial", Err: errors.New("refused")}, NotSent},
		"refused":    {syscall.ECONNREFUSED, NotSent},
		"a name":     {&net.DNSError{Err: "no such host"}, NotSent},
		"nothing":    {nil, Unknown},
	} {
		c, err := New(Options{Provider: row, Key: NewSecret(canary), Transport: roundTrip(func(*http.Request) (*http.Response, error) {
			return nil, test.err
		})})
		if err != nil {
			t.Fatal(err)
		}
		if e := AsError(second(c.Create(t.Context(), boat))); e.Verdict != test.verdict {
			t.Errorf("%s: %s", name, e.Verdict)
		}
	}
}

// roundTrip is a RoundTripper of one function.
type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// second is the error of a call whose answer does not matter.
func second[T any](_ T, err error) error { return err }
