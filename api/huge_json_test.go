package api

import (
	"bytes"
	"compress/gzip"
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"net/http"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
)

// bulkAnswer is an answer that is generated while it is read: a head, a piece repeated, and a tail.
type bulkAnswer struct {
	head, piece string
	times       int
	tail        string
}

// writeTo writes until everything is written or the connection breaks.
func (c bulkAnswer) writeTo(w io.Writer) {
	many := max(1, 64<<10/len(c.piece))
	block := strings.Repeat(c.piece, many)
	_, err := io.WriteString(w, c.head)
	for left := c.times; left > 0 && err == nil; left -= many {
		_, err = io.WriteString(w, block[:min(left, many)*len(c.piece)])
	}
	if err == nil {
		_, _ = io.WriteString(w, c.tail)
	}
}

// bulkAnswers are answers that would cost much memory or time.
var bulkAnswers = map[string]bulkAnswer{
	"a gigabyte in a string":       {`{"x":"`, strings.Repeat("y", 1<<10), 1 << 20, `"}`},
	"a gigabyte of space":          {"", strings.Repeat(" ", 1<<10), 1 << 20, "{}"},
	"a gigabyte of garbage":        {"", strings.Repeat("\xff", 1<<10), 1 << 20, ""},
	"a million keys":               {`{"input":{`, `"key":1,`, 1e6, `"k":1}}`},
	"ten million keys":             {`{`, `"k":1,`, 1e7, `"k":1}`},
	"nested objects":               {``, `{"a":`, 5e6, `1`},
	"nested arrays":                {`{"x":`, `[`, 1e7, ``},
	"nested, below the limit":      {``, `{"a":`, 50_000, `1`},
	"outputs":                      {`{"output":[`, `"https://a.example/x",`, 1e6, `""]}`},
	"lines of a log":               {`{"logs":[`, `"x",`, 1e6, `""]}`},
	"complaints":                   {`{"detail":"x","invalid_fields":[`, `{},`, 2e6, `{}]}`},
	"rows of a list":               {`{"results":[`, `{"status":"x"},`, 1e6, `{}]}`},
	"pages of HTML":                {`<html>`, `<title>`, 1e7, ``},
	"scripts":                      {`<html>`, `<script>x</script>`, 1e7, ``},
	"an error of a gigabyte":       {`{"detail":"`, strings.Repeat("y", 1<<10), 1 << 20, `"}`},
	"an error, below the limit":    {`{"detail":"`, strings.Repeat("y", 1<<10), 4 << 10 >> 1, `"}`},
	"escapes":                      {`{"detail":"`, `\u0041`, 3e6, `"}`},
	"a number of a million digits": {`{"metrics":{"x":`, `9`, 1e6, `}}`},
}

// worstAnswers are those that every call gets with every status.
var worstAnswers = map[string]bool{"a gigabyte in a string": true, "ten million keys": true, "nested objects": true}

// heapLimit is how much memory an answer may cost, in bytes.
const heapLimit = 64 << 20

// Row "huge JSON": at most 4 MiB are read of an answer with a gigabyte, ten million keys or endless brackets. The error
// is a sentence, and no call allocates 64 MB, whatever the status.
func TestFaultHugeJSON(t *testing.T) {
	var answer atomic.Value
	server := newRawServer(t, func(conn *net.TCPConn, _ *http.Request) { answer.Load().(bulkAnswer).writeTo(conn) })
	client := server.client(t)
	for name, call := range everyCall(t, client) {
		for shape, body := range bulkAnswers {
			for _, status := range []int{200, 500} {
				if !worstAnswers[shape] && (testing.Short() || status == 500 || name != "create" && name != "get") || testing.Short() && status == 500 {
					continue
				}
				whole := body
				whole.head = fmt.Sprintf("HTTP/1.1 %d X\r\nContent-Type: application/json\r\n\r\n%s", status, body.head)
				answer.Store(whole)
				err := call.checkMemory(t, fmt.Sprintf("%s, %d, %s", name, status, shape))
				e := AsError(err)
				if e == nil {
					t.Fatalf("%s, %d, %s: taken", name, status, shape)
				}
				checkError(t, e)
				if len(e.Error()) > 2<<10 || len(e.Answer) > keptAnswerLimit {
					t.Errorf("%s, %d, %s: a sentence of %d bytes, %d kept", name, status, shape, len(e.Error()), len(e.Answer))
				}
			}
		}
	}
}

// apiCall is a call of the client whose error alone matters.
type apiCall func() error

// everyCall returns all calls of a client that have JSON answers.
func everyCall(t *testing.T, c *Client) map[string]apiCall {
	t.Helper()
	return map[string]apiCall{
		"create": func() error { return errorOf(c.Create(t.Context(), boatRequest)) },
		"get":    func() error { return errorOf(c.Get(t.Context(), "abc")) },
		"cancel": func() error { return errorOf(c.Cancel(t.Context(), "abc")) },
		"list":   func() error { return errorOf(c.List(t.Context(), "")) },
		"schema": func() error { return errorOf(c.Schema(t.Context(), "a/b")) },
	}
}

// checkMemory makes the call and counts all allocations meanwhile, which is at least as much as the heap ever grew. It
// must not run in parallel with other tests.
func (call apiCall) checkMemory(t *testing.T, what string) error {
	t.Helper()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	err := call()
	runtime.ReadMemStats(&after)
	if used := after.TotalAlloc - before.TotalAlloc; used > heapLimit {
		t.Errorf("%s: %d MB", what, used>>20)
	}
	return err
}

// Row "huge JSON": a paid id in the first bytes is not lost, whatever follows it.
func TestFaultHugeJSONWithAnID(t *testing.T) {
	for shape, behind := range bulkAnswers {
		server := newRawServer(t, func(conn *net.TCPConn, _ *http.Request) {
			_, _ = io.WriteString(conn, "HTTP/1.1 201 Created\r\n\r\n{\"id\":\"abc\",\"more\":")
			behind.writeTo(conn)
		})
		client := server.client(t)
		create := apiCall(func() error {
			p, err := client.Create(t.Context(), boatRequest)
			if err == nil && p.ID != "abc" {
				t.Errorf("%s: id %q", shape, p.ID)
			}
			return err
		})
		if err := create.checkMemory(t, shape); err != nil {
			t.Errorf("%s: %v", shape, err)
		}
	}
}

// Row "huge JSON", compressed: at most 4 MiB are read of a gigabyte that is sent as a megabyte.
func TestFaultHugeJSONCompressed(t *testing.T) {
	megabyte := string(gzipped(bytes.Repeat([]byte("y"), 1<<20))) // concatenated gzip files are one file
	packed := bulkAnswer{"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + string(gzipped([]byte(`{"x":"`))), megabyte, 1 << 10, string(gzipped([]byte(`"}`)))}
	server := newRawServer(t, func(conn *net.TCPConn, _ *http.Request) { packed.writeTo(conn) })
	client := server.client(t)
	for name, call := range everyCall(t, client) {
		if e := AsError(call.checkMemory(t, name)); e == nil || e.Code != CodeTooLarge {
			t.Errorf("%s: %v", name, e)
		}
	}
}

// Row "huge JSON", headers: more than 64 KiB of them end any call.
func TestFaultHugeJSONHeaders(t *testing.T) {
	many := bulkAnswer{"HTTP/1.1 200 OK\r\n", "X: y\r\n", 1e6, "\r\n{}"}
	server := newRawServer(t, func(conn *net.TCPConn, _ *http.Request) { many.writeTo(conn) })
	for name, call := range everyCall(t, server.client(t)) {
		e := AsError(call.checkMemory(t, name))
		if e == nil || e.Code != CodeTooLarge || name == "create" && e.Outcome != OutcomeUnknown {
			t.Errorf("%s: %#v", name, e)
		}
	}
}

// Row "huge JSON", headers over HTTP/2, which has a limit of its own.
func TestFaultHugeJSONHeadersOfHTTP2(t *testing.T) {
	server := newTLSServer(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		for range 20 {
			w.Header().Add("X", strings.Repeat("x", 60<<10))
		}
		_, _ = io.WriteString(w, `{"id":"abc","status":"starting"}`)
	}), func(c *tls.Config) { c.NextProtos = []string{"h2", "http/1.1"} })
	client := newClient(t, server.URL)
	trustServer(client, server)
	for name, call := range everyCall(t, client) {
		if e := AsError(call.checkMemory(t, name)); e == nil || e.Code != CodeTooLarge && e.Code != CodeUnreachable || name == "create" && e.Outcome != OutcomeUnknown {
			t.Errorf("%s: %#v", name, e)
		}
	}
}

// gzipped compresses bytes.
func gzipped(plain []byte) []byte {
	var packed bytes.Buffer
	zip := gzip.NewWriter(&packed)
	_, _ = zip.Write(plain) // a buffer does not fail
	_ = zip.Close()
	return packed.Bytes()
}

// repeatReader never ends.
type repeatReader byte

func (b repeatReader) Read(p []byte) (int, error) {
	copy(p, bytes.Repeat([]byte{byte(b)}, len(p)))
	return len(p), nil
}
