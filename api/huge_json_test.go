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

// bulkAnswer is an answer that is made while it is read: a head, then a piece again and again, then a tail.
type bulkAnswer struct {
	head, piece string
	times       int
	tail        string
}

// writeTo writes until all is written or nobody listens any more.
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

// bulkAnswers are JSON answers that would cost more than they are worth.
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

// worstAnswers are the crowds that every call meets with every status.
var worstAnswers = map[string]bool{"a gigabyte in a string": true, "ten million keys": true, "nested objects": true}

// heapLimit is what an answer may cost, in bytes.
const heapLimit = 64 << 20

// Row “huge JSON”: an answer of a gigabyte, of ten million keys or of endless brackets is read no further than 4 MiB, is told
// in a sentence, and never costs 64 MB, whichever call it answers and with whatever status.
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

// apiCall is a call of the client of which only the error matters.
type apiCall func() error

// everyCall are all calls of a client that answer with JSON.
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

// checkMemory makes the call and adds up all that was allocated meanwhile, which is no less than the heap ever grew.
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

// Row “huge JSON”: a paid id in the first bytes is not lost for what comes behind it.
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

// Row “huge JSON”, packed: a gigabyte that travels as a megabyte is no more than 4 MiB here.
func TestFaultHugeJSONCompressed(t *testing.T) {
	megabyte := string(gzipped(bytes.Repeat([]byte("y"), 1<<20))) // files of gzip, one after the other, are one file
	packed := bulkAnswer{"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + string(gzipped([]byte(`{"x":"`))), megabyte, 1 << 10, string(gzipped([]byte(`"}`)))}
	server := newRawServer(t, func(conn *net.TCPConn, _ *http.Request) { packed.writeTo(conn) })
	client := server.client(t)
	for name, call := range everyCall(t, client) {
		if e := AsError(call.checkMemory(t, name)); e == nil || e.Code != CodeTooLarge {
			t.Errorf("%s: %v", name, e)
		}
	}
}

// Row “huge JSON”, its headers: more than 64 KiB of them end a call, whichever it is.
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

// Row “huge JSON”, its headers over HTTP/2, which has a limit of its own.
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

// gzipped packs bytes.
func gzipped(plain []byte) []byte {
	var packed bytes.Buffer
	zip := gzip.NewWriter(&packed)
	_, _ = zip.Write(plain) // a buffer takes it
	_ = zip.Close()
	return packed.Bytes()
}

// repeatReader never ends.
type repeatReader byte

func (b repeatReader) Read(p []byte) (int, error) {
	copy(p, bytes.Repeat([]byte{byte(b)}, len(p)))
	return len(p), nil
}
