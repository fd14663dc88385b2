package api

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
)

// noLog discards a test server's messages about broken handshakes.
var noLog = log.New(io.Discard, "", 0)

// createdID is the id in createdBody.
const createdID = "q4chw5rey9rmt0cww76t4h3ma4"

// sendCase is a row of the table "was it sent?": where a create goes, and what the result must be.
type sendCase struct {
	row     string
	to      func(t *testing.T) (c *Client, posts func() int)
	code    Code
	verdict SendOutcome
	posts   int    // POSTs that the server read
	id      string // of the prediction, or recovered in the error
}

// TestWasItSent is the table "was it sent?": whether a failed create may be billed, and that one call makes at most one
// POST.
func TestWasItSent(t *testing.T) {
	for _, rows := range [][]sendCase{notSentCases, noAnswerCases, cutAnswerCases, answeredCases, redirectCases} {
		for _, row := range rows {
			t.Run(row.row, row.run)
		}
	}
	t.Run("request read, never answered", testNeverAnswered)
	t.Run("reused keep-alive connection dies, no Idempotency-Key ever", testNeverReused)
	t.Run("a server that speaks HTTP/2", testNeverShared)
}

// run creates once, and checks everything in the row.
func (s sendCase) run(t *testing.T) {
	client, posts := s.to(t)
	p, err := client.Create(t.Context(), boatRequest)
	if n := posts(); n != s.posts {
		t.Errorf("%d POSTs, not %d", n, s.posts)
	}
	if s.code == "" {
		if err != nil || p.ID != s.id {
			t.Errorf("id %q, not %q: %v", p.ID, s.id, err)
		}
		return
	}
	e := AsError(err)
	if e == nil || e.Code != s.code || e.Outcome != s.verdict || e.ID != s.id {
		t.Fatalf("%s, %s, not %s, %s: %#v", errorCodeOf(e), outcomeOf(e), s.code, s.verdict, e)
	}
	checkError(t, e)
	says := map[SendOutcome]string{
		OutcomeUnknown: "may have been accepted and billed.", NotSent: "Nothing was sent, nothing is billed.",
		RateLimited: "Nothing is billed.", Refused: "Nothing is billed.",
	}[s.verdict]
	if s.id != "" {
		says = "It named a prediction all the same: " + s.id + "."
	}
	if !strings.HasSuffix(e.Error(), says) {
		t.Errorf("%q does not say %q", e, says)
	}
}

func errorCodeOf(e *Error) Code {
	if e == nil {
		return "no error"
	}
	return e.Code
}

func outcomeOf(e *Error) string {
	if e == nil {
		return "accepted"
	}
	return e.Outcome.String()
}

// notSentCases: no header was written, so the create may be sent again.
var notSentCases = []sendCase{
	{"connection refused", toClosedPort, CodeUnreachable, NotSent, 0, ""},
	{"DNS failure", toUnknownName, CodeOffline, NotSent, 0, ""},
	{"TLS unknown CA", toUnknownCA, CodeTLS, NotSent, 0, ""},
	{"TLS to a port without it", toPlainPort, CodeTLS, NotSent, 0, ""},
	{"TLS hang", toSilentServer, CodeUnreachable, NotSent, 0, ""},
	{"RST at accept", toReset, CodeUnreachable, NotSent, 0, ""},
	{"a proxy that refuses", toRefusingProxy, CodeUnreachable, NotSent, 0, ""},
}

func noPosts() int { return 0 }

// closedAddress is an address without a listener: no test is ever given this port.
const closedAddress = "127.0.0.1:1"

func toClosedPort(t *testing.T) (*Client, func() int) {
	return newClient(t, "http://"+closedAddress), noPosts
}

func toUnknownName(t *testing.T) (*Client, func() int) {
	resolveAllTo(t, netip.Addr{})
	return farClient(t), noPosts
}

func toUnknownCA(t *testing.T) (*Client, func() int) {
	handler := &cannedServer{status: 200}
	return newClient(t, newTLSServer(t, handler, nil).URL), handler.count
}

func toPlainPort(t *testing.T) (*Client, func() int) {
	handler, address := newServer(t, 200, "")
	return newClient(t, strings.Replace(address, "http", "https", 1)), handler.count
}

// toSilentServer leads to a server that accepts the connection and then sends nothing.
func toSilentServer(t *testing.T) (*Client, func() int) {
	c := farClient(t)
	transports(c)[0].TLSHandshakeTimeout /= 100
	dialed := make(chan net.Conn, 1)
	redial(c, func(context.Context, string, string) (net.Conn, error) {
		ours, theirs := net.Pipe()
		dialed <- theirs
		return ours, nil
	})
	t.Cleanup(func() { _ = (<-dialed).Close() })
	return c, noPosts
}

// toReset leads to a server that resets each connection.
func toReset(t *testing.T) (*Client, func() int) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			resetConnection(conn.(*net.TCPConn))
		}
	}()
	return newClient(t, "https://"+listener.Addr().String()), noPosts
}

func toRefusingProxy(t *testing.T) (*Client, func() int) {
	return newProxiedClient(t, newFakeProxy(t, "407 Proxy Authentication Required", "").url), noPosts
}

// resetConnection closes a connection with RST.
func resetConnection(conn *net.TCPConn) {
	_ = conn.SetLinger(0)
	_ = conn.Close()
}

// rawAnswer leads to a server that reads the entire request and then calls behave.
func rawAnswer(behave func(conn *net.TCPConn, req *http.Request)) func(*testing.T) (*Client, func() int) {
	return func(t *testing.T) (*Client, func() int) {
		server := newRawServer(t, behave)
		return server.client(t), func() int { return int(server.posts.Load()) }
	}
}

// rawBytes leads to a server that sends these bytes and closes the connection.
func rawBytes(answer string) func(*testing.T) (*Client, func() int) {
	return rawAnswer(func(conn *net.TCPConn, _ *http.Request) { _, _ = io.WriteString(conn, "HTTP/1.1 "+answer) })
}

// noAnswerCases: the request was sent and no status came, so it may have been bought.
var noAnswerCases = []sendCase{
	{"request read, then RST", rawAnswer(func(c *net.TCPConn, _ *http.Request) { resetConnection(c) }), CodeUnreachable, OutcomeUnknown, 1, ""},
	{"request read, then closed", rawAnswer(func(*net.TCPConn, *http.Request) {}), CodeUnreachable, OutcomeUnknown, 1, ""},
	{"not HTTP", rawBytes("\r\nhello\r\n"), CodeUnreachable, OutcomeUnknown, 1, ""},
	{"20 MB header", rawBytes("201 Created\r\nX: " + strings.Repeat("x", 20<<20)), CodeTooLarge, OutcomeUnknown, 1, ""},
	{"a header above 64 KiB", rawBytes("201 Created\r\nX: " + strings.Repeat("x", 65<<10) + "\r\n\r\n" + createdBody), CodeTooLarge, OutcomeUnknown, 1, ""},
}

// HTTP's three ways of saying where a body ends.
var (
	byLength = fmt.Sprintf("201 Created\r\nContent-Length: %d\r\n\r\n", len(createdBody))
	byChunks = fmt.Sprintf("201 Created\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n", len(createdBody))
	byClose  = "201 Created\r\n\r\n"
)

// cutAnswerCases: it was bought, and the answer broke off after the id or before it.
var cutAnswerCases = []sendCase{
	{"201 with Content-Length, body cut", rawBytes(byLength + createdBody[:60]), "", 0, 1, createdID},
	{"201 with Content-Length, body cut before the id", rawBytes(byLength + createdBody[:6]), CodeBadResponse, OutcomeUnknown, 1, ""},
	{"201 chunked, body cut", rawBytes(byChunks + createdBody[:60]), "", 0, 1, createdID},
	{"201 chunked, body cut before the id", rawBytes(byChunks + createdBody[:6]), CodeBadResponse, OutcomeUnknown, 1, ""},
	{"201 without length, body cut", rawBytes(byClose + createdBody[:60]), "", 0, 1, createdID},
	{"201 without length, body cut before the id", rawBytes(byClose + createdBody[:6]), CodeBadResponse, OutcomeUnknown, 1, ""},
	{"201 without length, id cut", rawBytes(byClose + createdBody[:len(`{"id":"`)+len(createdID)]), CodeBadResponse, OutcomeUnknown, 1, ""},
	{"201, whole", rawBytes(byLength + createdBody), "", 0, 1, createdID},
	{"201, empty", rawBytes("201 Created\r\nContent-Length: 0\r\n\r\n"), CodeBadResponse, OutcomeUnknown, 1, ""},
}

// completeAnswer leads to a server with this status, these headers and this body.
func completeAnswer(head, body string) func(*testing.T) (*Client, func() int) {
	return rawBytes(fmt.Sprintf("%s\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s", head, len(body), body))
}

const (
	busy = `{"detail":"busy"}`
	page = `<!doctype html><title>Sign in</title>`
)

// answeredCases: a complete answer says whether the create was accepted.
var answeredCases = []sendCase{
	{"200 HTML page", completeAnswer("200 OK", page), CodeBadResponse, OutcomeUnknown, 1, ""},
	{"400 JSON error", completeAnswer("400 Bad Request", busy), CodeInvalid, Refused, 1, ""},
	{"401 JSON error", completeAnswer("401 Unauthorized", busy), CodeUnauthorized, Refused, 1, ""},
	{"402 JSON error", completeAnswer("402 Payment Required", busy), CodeCredit, Refused, 1, ""},
	{"404 JSON error", completeAnswer("404 Not Found", busy), CodeNotFound, Refused, 1, ""},
	{"422 JSON error", completeAnswer("422 Unprocessable Entity", busy), CodeInvalid, Refused, 1, ""},
	{"429 JSON error, no id", completeAnswer("429 Too Many Requests", busy), CodeRate, RateLimited, 1, ""},
	{"429 with an id", completeAnswer("429 Too Many Requests", createdBody), CodeRate, OutcomeUnknown, 1, createdID},
	{"429, cut", rawBytes("429 Too Many Requests\r\nContent-Length: 99\r\n\r\n" + busy), CodeRate, RateLimited, 1, ""},
	{"503 with Retry-After and a JSON error", completeAnswer("503 Busy\r\nRetry-After: 3", busy), CodeServer, RateLimited, 1, ""},
	{"503 with Retry-After and a page", completeAnswer("503 Busy\r\nRetry-After: 3", page), CodeServer, OutcomeUnknown, 1, ""},
	{"503 with Retry-After and an id", completeAnswer("503 Busy\r\nRetry-After: 3", createdBody), CodeServer, OutcomeUnknown, 1, createdID},
	{"503 with Retry-After, cut", rawBytes("503 Busy\r\nRetry-After: 3\r\nContent-Length: 99\r\n\r\n" + busy), CodeServer, OutcomeUnknown, 1, ""},
	{"503 without Retry-After", completeAnswer("503 Busy", busy), CodeServer, OutcomeUnknown, 1, ""},
	{"503 with a Retry-After that cannot be read", completeAnswer("503 Busy\r\nRetry-After: soon", busy), CodeServer, OutcomeUnknown, 1, ""},
	{"500", completeAnswer("500 Oops", busy), CodeServer, OutcomeUnknown, 1, ""},
	{"502", completeAnswer("502 Bad Gateway", page), CodeServer, OutcomeUnknown, 1, ""},
	{"504", completeAnswer("504 Gateway Timeout", busy), CodeServer, OutcomeUnknown, 1, ""},
	{"408 page", completeAnswer("408 Request Timeout", page), CodeServer, OutcomeUnknown, 1, ""},
}

// redirectCases: no redirect is followed, with or without a body, so there is one POST. 302 and 303 mean "look there":
// the create may have been accepted.
var redirectCases = []sendCase{
	{"301", completeAnswer("301 Moved\r\nLocation: /there", ""), CodeNoSuchRoute, Refused, 1, ""},
	{"302", completeAnswer("302 Found\r\nLocation: /there", ""), CodeNoSuchRoute, OutcomeUnknown, 1, ""},
	{"303", completeAnswer("303 See Other\r\nLocation: /there", ""), CodeNoSuchRoute, OutcomeUnknown, 1, ""},
	{"307", completeAnswer("307 Temporary\r\nLocation: /there", ""), CodeNoSuchRoute, Refused, 1, ""},
	{"308", completeAnswer("308 Permanent\r\nLocation: /there", ""), CodeNoSuchRoute, Refused, 1, ""},
}

// testNeverAnswered waits, on synctest's clock, for a server that read the request.
func testNeverAnswered(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var posts atomic.Int32
		c := newClient(t, "http://127.0.0.1:1")
		connectByPipes(t, c, func(conn net.Conn) {
			if drainRequest(conn) == nil {
				posts.Add(1)
			}
			_, _ = conn.Read(make([]byte, 1)) // until the client closes the connection
		})
		s := sendCase{code: CodeUnreachable, verdict: OutcomeUnknown, posts: 1}
		s.to = func(*testing.T) (*Client, func() int) { return c, func() int { return int(posts.Load()) } }
		s.run(t)
	})
}

// testNeverReused offers keep-alive, and resets the connection at a second request: there must be none, and nothing that
// lets Go resend a POST.
func testNeverReused(t *testing.T) {
	var reused atomic.Int32
	server := newRawServer(t, func(conn *net.TCPConn, _ *http.Request) {
		_, _ = io.WriteString(conn, "HTTP/1.1 "+strings.Replace(byLength, "\r\n", "\r\nConnection: keep-alive\r\n", 1)+createdBody)
		if drainRequest(conn) == nil {
			reused.Add(1)
			resetConnection(conn)
		}
	})
	client := server.client(t)
	for range 5 {
		if p, err := client.Create(t.Context(), boatRequest); err != nil || p.ID != createdID {
			t.Fatal(p, err)
		}
	}
	if n := server.posts.Load(); n != 5 || reused.Load() != 0 {
		t.Errorf("%d POSTs on new connections, %d on used ones", n, reused.Load())
	}
	for _, req := range server.requests() {
		if !req.Close || req.Header.Get("Idempotency-Key")+req.Header.Get("X-Idempotency-Key") != "" {
			t.Errorf("close %v, %v", req.Close, req.Header)
		}
	}
}

// testNeverShared: other calls share one HTTP/2 connection, but each create has an HTTP/1.1 connection of its own, so
// that none fails because of another.
func testNeverShared(t *testing.T) {
	handler := &cannedServer{status: 200, body: `{"id":"abc","status":"starting"}`}
	server := newTLSServer(t, handler, func(c *tls.Config) { c.NextProtos = []string{"h2", "http/1.1"} })
	client := newClient(t, server.URL)
	trustServer(client, server)
	for range 4 {
		if err := errors.Join(create(client), get(client)); err != nil {
			t.Fatal(err)
		}
	}
	var protocols, peers []string
	for _, r := range handler.requests() {
		protocols = append(protocols, r.Method+" "+r.Proto)
		if r.Method == http.MethodPost {
			peers = append(peers, r.RemoteAddr)
		}
	}
	slices.Sort(peers)
	slices.Sort(protocols)
	peers, protocols = slices.Compact(peers), slices.Compact(protocols)
	if len(peers) != 4 || !slices.Equal(protocols, []string{"GET HTTP/2.0", "POST HTTP/1.1"}) {
		t.Errorf("creates came from %q over %q", peers, protocols)
	}
}
