package api

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"runtime"
	"strings"
	"sync"
	"testing"
)

// TestQuietKey lets a server send the key back wherever it can, in every
// spelling, with every status, and looks for it in all that comes out.
func TestQuietKey(t *testing.T) {
	var status int
	var body string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		key := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
		w.Header().Set("Location", "https://evil.example/?key="+key)
		w.Header().Set("X-Request-Id", key)
		w.Header().Set("Retry-After", key)
		w.WriteHeader(status)
		_, _ = io.WriteString(w, strings.ReplaceAll(body, "KEY", key))
	}))
	defer server.Close()
	client := clientFor(t, server.URL)
	bodies := []string{
		`{"detail":"KEY"}`, `{"error":{"message":"Invalid token KEY (request id: KEY)","code":"KEY","type":"KEY"}}`, `<title>KEY</title>`, `KEY`,
		`{"id":"abc","status":"KEY","error":"KEY","logs":"KEY","output":["https://a.example/KEY"],"input":{"prompt":"KEY","KEY":1},"model":"KEY"}`,
		`{"data":{"task_id":"abc","status":"FAILURE","fail_reason":"KEY"}}`, `{"results":[{"id":"abc","logs":"KEY"}],"next":"https://x?cursor=KEY"}`,
		`{"latest_version":{"openapi_schema":{"x":"KEY"}}}`, `{"invalid_fields":[{"type":"KEY","field":"KEY","description":"KEY"}],"detail":"x"}`, `{"id":"KEY`,
		fmt.Sprintf(`{"detail":"%s %s"}`, base64.StdEncoding.EncodeToString([]byte(canary)), url.QueryEscape(canary)),
	}
	var out strings.Builder
	for _, status = range []int{200, 201, 301, 400, 401, 403, 404, 422, 429, 500, 503} {
		for _, body = range bodies {
			created, err := client.Create(t.Context(), boat)
			tell(&out, created, err)
			got, err := client.Get(t.Context(), "abc")
			tell(&out, got, err)
			canceled, err := client.Cancel(t.Context(), "abc")
			tell(&out, canceled, err)
			page, err := client.List(t.Context(), "")
			tell(&out, page, err)
			schema, err := client.Schema(t.Context(), "a/b")
			tell(&out, string(schema), err)
			_, err = client.Download(t.Context(), server.URL, Resume{}, io.Discard)
			tell(&out, nil, err)
		}
	}
	fmt.Fprintf(&out, "%+v %#v", client, client)
	for _, spelling := range []string{canary, fmt.Sprintf("%x", canary), base64.StdEncoding.EncodeToString([]byte(canary))} {
		if i := strings.Index(out.String(), spelling); i >= 0 {
			t.Errorf("the key came out: …%s", out.String()[max(0, i-200):i+60])
		}
	}
}

// tell writes down all that a caller could.
func tell(out io.Writer, value any, err error) {
	encoded, _ := json.Marshal(value)
	_, _ = fmt.Fprintf(out, "%s %+v %#v\n", encoded, value, value)
	if e := AsError(err); e != nil {
		_, _ = fmt.Fprintf(out, "%s %v %+v %#v %v\n", e, err, *e, *e, e.Unwrap())
	}
}

// TestProxyNeverSeesTheKey: CONNECT carries none, and a refusing proxy means
// that nothing was sent.
func TestProxyNeverSeesTheKey(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	var seen bytes.Buffer
	var running sync.WaitGroup
	running.Go(func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			running.Go(func() {
				defer func() { _ = conn.Close() }()
				req, err := http.ReadRequest(bufio.NewReader(conn))
				if err != nil {
					return
				}
				mu.Lock()
				_ = req.Write(&seen)
				mu.Unlock()
				_, _ = io.WriteString(conn, "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
			})
		}
	})
	defer running.Wait()
	defer func() { _ = listener.Close() }()
	row, _ := FindProvider(Replicate)
	c, err := New(Options{Provider: row, Key: NewSecret(canary)})
	if err != nil {
		t.Fatal(err)
	}
	proxy := http.ProxyURL(&url.URL{Scheme: "http", Host: listener.Addr().String()})
	c.wire(nil, "https://api.replicate.com:443", proxy)
	e := AsError(second(c.Create(t.Context(), boat)))
	if e == nil || e.Verdict != NotSent || e.Code != CodeUnreachable {
		t.Errorf("%#v", e)
	}
	_ = second(c.Get(t.Context(), "abc"))
	if e := AsError(second(c.Download(t.Context(), "https://elsewhere.example/x", Resume{}, io.Discard))); e.Code != CodeBlocked {
		t.Errorf("behind a proxy, an unknown host: %v", e)
	}
	if e := AsError(second(c.Download(t.Context(), "https://replicate.delivery/x", Resume{}, io.Discard))); e.Code != CodeUnreachable {
		t.Errorf("behind a proxy, a known host: %v", e)
	}
	mu.Lock()
	defer mu.Unlock()
	if text := seen.String(); strings.Contains(text, "Bearer") || strings.Contains(text, canary) || strings.Count(text, "CONNECT") != 3 || strings.Contains(text, "elsewhere") {
		t.Errorf("the proxy saw:\n%s", text)
	}
}

// TestMemory: endless and crowded answers cost less than 64 MB, all told.
func TestMemory(t *testing.T) {
	crowded := map[string]func() io.Reader{
		"a gigabyte": func() io.Reader { return io.MultiReader(strings.NewReader(`{"x":"`), endlessReader('y')) },
		"keys":       func() io.Reader { return strings.NewReader(`{"input":{` + strings.Repeat(`"k":1,`, 650_000)) },
		"brackets":   func() io.Reader { return strings.NewReader(strings.Repeat(`[`, 4_000_000)) },
		"objects":    func() io.Reader { return strings.NewReader(strings.Repeat(`{"a":`, 800_000)) },
		"errors":     func() io.Reader { return strings.NewReader(`{"invalid_fields":[` + strings.Repeat(`{},`, 1_300_000)) },
	}
	for name, body := range crowded {
		c := inMemory(t, func(*http.Request) (*http.Response, error) {
			return &http.Response{StatusCode: 200, Header: http.Header{}, Body: io.NopCloser(body())}, nil
		})
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		if _, err := c.Create(t.Context(), boat); err == nil {
			t.Errorf("%s: was read", name)
		}
		runtime.ReadMemStats(&after)
		if used := (after.TotalAlloc - before.TotalAlloc) >> 20; used > 64 {
			t.Errorf("%s: %d MB", name, used)
		}
	}
}
