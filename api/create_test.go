package api

import (
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"syscall"
	"testing"
)

func TestCreateRequest(t *testing.T) {
	t.Parallel()
	server, address := newServer(t, http.StatusCreated, createdBody)
	client := newClient(t, address+"/replicate/v1/")
	p, err := client.Create(t.Context(), boatRequest)
	if err != nil || p.ID == "" || p.Status != Starting || p.ServerTime.Format("15:04:05") != "11:27:19" {
		t.Fatalf("%+v, %v", p, err)
	}
	got := server.requests()[0]
	if got.Method != "POST" || got.URL.Path != "/replicate/v1/models/black-forest-labs/flux-schnell/predictions" {
		t.Errorf("%s %s", got.Method, got.URL)
	}
	if body, _ := io.ReadAll(got.Body); string(body) != `{"input":{"prompt":"A paper boat <&>"}}`+"\n" {
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
	got = server.requests()[1]
	if body, _ := io.ReadAll(got.Body); got.URL.Path != "/replicate/v1/predictions" || string(body) != `{"input":{},"version":"abc123"}`+"\n" {
		t.Errorf("%s: %s", got.URL, body)
	}
}

func TestCreateRefusesBadRequests(t *testing.T) {
	t.Parallel()
	server := newRawServer(t, func(*net.TCPConn, *http.Request) {})
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
		e := AsError(errorOf(client.Create(t.Context(), r)))
		if e == nil || e.Code != CodeInvalid || e.Outcome != Refused || !strings.HasPrefix(e.Error(), "Not sent: ") {
			t.Errorf("%s: %v", name, e)
		}
	}
	comet, err := New(Options{Provider: Providers()[0]})
	if err != nil {
		t.Fatal(err)
	}
	e := AsError(errorOf(comet.Create(t.Context(), boatRequest)))
	if e.Code != CodeUnauthorized || e.Outcome != Refused || e.Error() != "No key for CometAPI: set COMETAPI_KEY, or try --demo. Nothing is billed." {
		t.Errorf("%v", e)
	}
	if n := server.posts.Load(); n != 0 {
		t.Errorf("%d POSTs", n)
	}
}

// With a transport that does not trace, a missing trace does not prove "not sent".
func TestForeignTransport(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		err     error
		verdict SendOutcome
	}{
		"some error": {io.ErrUnexpectedEOF, OutcomeUnknown},
		"a dial":     {&net.OpError{Op: "dial", Err: errors.New("refused")}, NotSent},
		"refused":    {syscall.ECONNREFUSED, NotSent},
		"a name":     {&net.DNSError{Err: "no such host"}, NotSent},
		"nothing":    {nil, OutcomeUnknown},
	} {
		c := newMemoryClient(t, func(*http.Request) (*http.Response, error) { return nil, test.err })
		if e := AsError(errorOf(c.Create(t.Context(), boatRequest))); e.Outcome != test.verdict {
			t.Errorf("%s: %s", name, e.Outcome)
		}
	}
}

// roundTrip is a RoundTripper made of a function.
type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// errorOf returns the error of a call whose result does not matter.
func errorOf[T any](_ T, err error) error { return err }
