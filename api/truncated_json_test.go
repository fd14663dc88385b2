package api

import (
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
)

const createdBody = `{"id":"q4chw5rey9rmt0cww76t4h3ma4","model":"black-forest-labs/flux-schnell","version":"hidden",` +
	`"input":{"aspect_ratio":"1:1","output_format":"webp","output_quality":80,"prompt":"A paper boat floating on calm water at sunrise."},` +
	`"logs":"","output":null,"data_removed":false,"error":null,"source":"api","status":"starting","created_at":"2026-03-12T11:27:18.258Z",` +
	`"urls":{"cancel":"https://api.replicate.com/v1/predictions/q4chw5rey9rmt0cww76t4h3ma4/cancel","get":"https://api.replicate.com/v1/predictions/q4chw5rey9rmt0cww76t4h3ma4",` +
	`"stream":"https://stream.replicate.com/v1/files/example","web":"https://replicate.com/p/q4chw5rey9rmt0cww76t4h3ma4"}}`

// createdHead is what precedes it at Replicate, except for its length.
const createdHead = "HTTP/1.1 201 Created\r\nDate: Thu, 12 Mar 2026 11:27:19 GMT\r\nContent-Type: application/json; charset=utf-8\r\n" +
	"ratelimit-limit: 600\r\nratelimit-remaining: 598\r\nratelimit-reset: 1\r\nstrict-transport-security: max-age=15552000\r\n" +
	"x-robots-tag: noindex\r\nvia: 1.1 vegur, 1.1 google\r\nCF-Cache-Status: DYNAMIC\r\nX-Content-Type-Options: nosniff\r\n" +
	"Server: cloudflare\r\nCF-RAY: 7f7be8b17b47f8d1-SEA\r\nalt-svc: h3=\":443\"; ma=86400\r\n" +
	"NEL: {\"success_fraction\":0,\"report_to\":\"cf-nel\",\"max_age\":604800}\r\nReferrer-Policy: strict-origin-when-cross-origin\r\n"

// createdAnswers is a complete answer to a create, in HTTP's three ways of saying where a body ends.
var createdAnswers = map[string]string{
	"Content-Length": fmt.Sprintf("%sContent-Length: %d\r\n\r\n%s", createdHead, len(createdBody), createdBody),
	"chunked":        fmt.Sprintf("%sTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n", createdHead, len(createdBody), createdBody),
	"until close":    createdHead + "Connection: close\r\n\r\n" + createdBody,
}

// cuttingServer sends only the first cut bytes of an answer, and then closes or resets the connection.
type cuttingServer struct {
	*rawServer
	answer string
	cut    atomic.Int64
}

func newCutter(t *testing.T, answer string, end func(*net.TCPConn)) *cuttingServer {
	t.Helper()
	c := &cuttingServer{answer: answer}
	c.rawServer = newRawServer(t, func(conn *net.TCPConn, _ *http.Request) {
		_, _ = io.WriteString(conn, c.answer[:c.cut.Load()])
		end(conn)
	})
	return c
}

// closeCleanly ends a connection so that everything written arrives.
func closeCleanly(*net.TCPConn) {}

// Row "truncated JSON": an answer to a create, cut after each of its bytes, gives its id as soon as the id has arrived
// completely. Before that the outcome is unknown, and the error has the part that arrived. The server counts one POST
// each time.
func TestFaultTruncatedJSON(t *testing.T) {
	t.Parallel()
	step := 1
	if testing.Short() {
		step = 37
	}
	for name, answer := range createdAnswers {
		t.Run(name, func(t *testing.T) {
			server := newCutter(t, answer, closeCleanly)
			client := server.client(t)
			body := strings.Index(answer, `{"id"`)
			whole := strings.Index(answer, createdID+`"`) + len(createdID) + 1
			made := 0
			for cut := 0; cut <= len(answer); cut += step {
				server.cut.Store(int64(cut))
				p, err := client.Create(t.Context(), boatRequest)
				made++
				if cut >= whole {
					if err != nil || p.ID != createdID || p.Status != Starting || p.HTTPStatus != 201 || p.ServerTime.IsZero() {
						t.Fatalf("cut at %d: %+v, %v", cut, p, err)
					}
					continue
				}
				e := AsError(err)
				if e == nil || e.Outcome != OutcomeUnknown || p.ID != "" {
					t.Fatalf("cut at %d: %+v, %v", cut, p, err)
				}
				if want := answer[min(body, cut):cut]; string(e.Answer) != want {
					t.Fatalf("cut at %d: %q was kept, not %q", cut, e.Answer, want)
				}
			}
			if n := int(server.posts.Load()); n != made {
				t.Errorf("%d POSTs for %d creates", n, made)
			}
			if made < 1190/step {
				t.Errorf("only %d cuts", made)
			}
		})
	}
}

// Row "truncated JSON", other calls: half an answer is a temporary error, and none of it is used.
func TestFaultTruncatedJSONOfOtherCalls(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		body string
		call func(*Client) error
	}{
		"get":    {flatBody, func(c *Client) error { return errorOf(c.Get(t.Context(), "ctdwaehfz1rm80cmd5nsjd8114")) }},
		"cancel": {flatBody, func(c *Client) error { return errorOf(c.Cancel(t.Context(), "ctdwaehfz1rm80cmd5nsjd8114")) }},
		"list":   {`{"next":null,"results":[` + flatBody + `]}`, func(c *Client) error { return errorOf(c.List(t.Context(), "")) }},
		"schema": {`{"latest_version":{"openapi_schema":{"a":{}}}}`, func(c *Client) error { return errorOf(c.Schema(t.Context(), "a/b")) }},
	} {
		t.Run(name, func(t *testing.T) {
			server := newCutter(t, "HTTP/1.1 200 OK\r\n\r\n"+test.body, closeCleanly)
			client := server.client(t)
			head := len(server.answer) - len(test.body)
			for cut := head + 1; cut < len(server.answer); cut += 7 {
				server.cut.Store(int64(cut))
				if e := AsError(test.call(client)); e == nil || e.Code != CodeBadResponse || !e.Temporary() {
					t.Fatalf("cut at %d: %v", cut, e)
				}
			}
			server.cut.Store(int64(len(server.answer)))
			if err := test.call(client); err != nil {
				t.Errorf("whole: %v", err)
			}
		})
	}
}

// Row "POST reset after accept": the connection is reset at 200 random places of the answer. A reset may discard what
// was written before it, so the id may be lost; then the outcome is unknown, and there was one POST.
func TestFaultPOSTResetAfterAccept(t *testing.T) {
	t.Parallel()
	for name, answer := range createdAnswers {
		server := newCutter(t, answer, resetConnection)
		client := server.client(t)
		const rounds = 200
		for seed := range uint64(rounds) {
			cut := rand.New(rand.NewPCG(seed, 1)).IntN(len(answer) + 1)
			server.cut.Store(int64(cut))
			p, err := client.Create(t.Context(), boatRequest)
			if e := AsError(err); e == nil && p.ID != createdID || e != nil && (e.Outcome != OutcomeUnknown || p.ID != "") {
				t.Fatalf("%s, seed %d, reset at %d: %+v, %v", name, seed, cut, p, err)
			}
			if n := server.posts.Load(); uint64(n) != seed+1 {
				t.Fatalf("%s, seed %d: %d POSTs for %d creates", name, seed, n, seed+1)
			}
		}
	}
}

// Row "POST reset before sent": if the connection is reset in its handshake, nothing was sent, the error says so, and
// the third try makes the only purchase that the server sees.
func TestFaultPOSTResetBeforeSent(t *testing.T) {
	t.Parallel()
	var taken atomic.Int32
	handler := &cannedServer{status: http.StatusCreated, body: createdBody}
	server := newTLSServer(t, handler, nil)
	front, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = front.Close() }()
	go relayAfterResets(front, server.Listener.Addr().String(), 2, &taken)
	client := newClient(t, "https://"+front.Addr().String())
	trustServer(client, server)
	for try := 1; try <= 3; try++ {
		p, err := client.Create(t.Context(), boatRequest)
		if e := AsError(err); try < 3 && (e == nil || e.Outcome != NotSent || handler.count() != 0) {
			t.Fatalf("try %d: %+v, %v, %d POSTs", try, p, err, handler.count())
		}
		if try == 3 && (err != nil || p.ID != createdID) {
			t.Fatalf("try %d: %+v, %v", try, p, err)
		}
	}
	if handler.count() != 1 || taken.Load() != 3 {
		t.Errorf("%d POSTs on %d connections", handler.count(), taken.Load())
	}
}

// relayAfterResets resets the first connections, and relays the later ones to another server.
func relayAfterResets(front net.Listener, sink string, resets int32, taken *atomic.Int32) {
	for {
		conn, err := front.Accept()
		if err != nil {
			return
		}
		if taken.Add(1) <= resets {
			resetConnection(conn.(*net.TCPConn))
			continue
		}
		onward, err := net.Dial("tcp", sink)
		if err != nil {
			return
		}
		relay(conn, onward)
	}
}

// relay copies bytes both ways until one side is closed.
func relay(a, b net.Conn) {
	carry := func(sink, from net.Conn) {
		_, _ = io.Copy(sink, from)
		_ = sink.Close()
	}
	go carry(a, b)
	go carry(b, a)
}

// Row "truncated JSON": a compressed answer to a create also gives its id, once that part is complete.
func TestFaultTruncatedJSONCompressed(t *testing.T) {
	t.Parallel()
	packed := gzipped([]byte(createdBody))
	server := newCutter(t, "HTTP/1.1 201 Created\r\nContent-Encoding: gzip\r\n\r\n"+string(packed), closeCleanly)
	client := server.client(t)
	found := 0
	for cut := len(server.answer) - len(packed); cut <= len(server.answer); cut++ {
		server.cut.Store(int64(cut))
		p, err := client.Create(t.Context(), boatRequest)
		if err == nil && p.ID == createdID {
			found++
		} else if e := AsError(err); e == nil || e.Outcome != OutcomeUnknown || found > 0 {
			t.Fatalf("cut at %d of %d: %+v, %v", cut, len(server.answer), p, err)
		}
	}
	if found < len(packed)/2 {
		t.Errorf("the id came from %d of %d cuts", found, len(packed))
	}
}
