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

// silent keeps a test server's complaints about broken handshakes to itself.
var silent = log.New(io.Discard, "", 0)

// createdID is the id in createdBody.
const createdID = "q4chw5rey9rmt0cww76t4h3ma4"

// sending is a row of “was it sent?”: where a create goes, and what must come of it.
type sending struct {
	row     string
	to      func(t *testing.T) (c *Client, posts func() int)
	code    Code
	verdict SendOutcome
	posts   int    // POSTs that the server read
	id      string // salvaged: of the prediction, or of the error
}

// TestWasItSent is the table “was it sent?” (reliability.md §2.4), row by row: what a create's end means for money, and that
// one call is at most one POST.
func TestWasItSent(t *testing.T) {
	for _, rows := range [][]sending{neverLeft, brokenOff, cutShort, answered, sentOn} {
		for _, row := range rows {
			t.Run(row.row, row.run)
		}
	}
	t.Run("request read, never answered", neverAnswered)
	t.Run("reused keep-alive connection dies, no Idempotency-Key ever", neverReused)
	t.Run("a server that speaks HTTP/2", neverShared)
}

// run creates once, and looks at all that is promised.
func (s sending) run(t *testing.T) {
	client, posts := s.to(t)
	p, err := client.Create(t.Context(), boat)
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
		t.Fatalf("%s, %s, not %s, %s: %#v", codeIn(e), verdictIn(e), s.code, s.verdict, e)
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

func codeIn(e *Error) Code {
	if e == nil {
		return "no error"
	}
	return e.Code
}

func verdictIn(e *Error) string {
	if e == nil {
		return "accepted"
	}
	return e.Outcome.String()
}

// neverLeft: no header was written, so the purchase may be sent again.
var neverLeft = []sending{
	{"connection refused", toNobody, CodeUnreachable, NotSent, 0, ""},
	{"DNS failure", toNoName, CodeOffline, NotSent, 0, ""},
	{"TLS unknown CA", toStranger, CodeTLS, NotSent, 0, ""},
	{"TLS to a port without it", toPlainPort, CodeTLS, NotSent, 0, ""},
	{"TLS hang", toSilence, CodeUnreachable, NotSent, 0, ""},
	{"RST at accept", toReset, CodeUnreachable, NotSent, 0, ""},
	{"a proxy that refuses", toRefusingProxy, CodeUnreachable, NotSent, 0, ""},
}

func none() int { return 0 }

// nobody is an address on which nobody listens: a port of those that no test is given.
const nobody = "127.0.0.1:1"

func toNobody(t *testing.T) (*Client, func() int) { return clientFor(t, "http://"+nobody), none }

func toNoName(t *testing.T) (*Client, func() int) {
	answerNames(t, netip.Addr{})
	return farClient(t), none
}

func toStranger(t *testing.T) (*Client, func() int) {
	there := &teller{status: 200}
	return clientFor(t, secureServer(t, there, nil).URL), there.asks
}

func toPlainPort(t *testing.T) (*Client, func() int) {
	there, address := telling(t, 200, "")
	return clientFor(t, strings.Replace(address, "http", "https", 1)), there.asks
}

// toSilence leads to a server that takes the connection and then says nothing.
func toSilence(t *testing.T) (*Client, func() int) {
	c := farClient(t)
	transports(c)[0].TLSHandshakeTimeout /= 100
	dialed := make(chan net.Conn, 1)
	redial(c, func(context.Context, string, string) (net.Conn, error) {
		ours, theirs := net.Pipe()
		dialed <- theirs
		return ours, nil
	})
	t.Cleanup(func() { _ = (<-dialed).Close() })
	return c, none
}

// toReset leads to a server that resets each connection that it takes.
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
			hangUp(conn.(*net.TCPConn))
		}
	}()
	return clientFor(t, "https://"+listener.Addr().String()), none
}

func toRefusingProxy(t *testing.T) (*Client, func() int) {
	return behind(t, newFakeProxy(t, "407 Proxy Authentication Required", "").url), none
}

// hangUp resets a connection.
func hangUp(conn *net.TCPConn) {
	_ = conn.SetLinger(0)
	_ = conn.Close()
}

// raw is where a server reads the whole request and then behaves.
func raw(behave func(conn *net.TCPConn, req *http.Request)) func(*testing.T) (*Client, func() int) {
	return func(t *testing.T) (*Client, func() int) {
		server := serveRaw(t, behave)
		return server.client(t), func() int { return int(server.posts.Load()) }
	}
}

// says is where a server answers with these bytes and hangs up.
func says(answer string) func(*testing.T) (*Client, func() int) {
	return raw(func(conn *net.TCPConn, _ *http.Request) { _, _ = io.WriteString(conn, "HTTP/1.1 "+answer) })
}

// brokenOff: the request left and no status came, so it may have been bought.
var brokenOff = []sending{
	{"request read, then RST", raw(func(c *net.TCPConn, _ *http.Request) { hangUp(c) }), CodeUnreachable, OutcomeUnknown, 1, ""},
	{"request read, then closed", raw(func(*net.TCPConn, *http.Request) {}), CodeUnreachable, OutcomeUnknown, 1, ""},
	{"not HTTP", says("\r\nhello\r\n"), CodeUnreachable, OutcomeUnknown, 1, ""},
	{"20 MB header", says("201 Created\r\nX: " + strings.Repeat("x", 20<<20)), CodeTooLarge, OutcomeUnknown, 1, ""},
	{"a header above 64 KiB", says("201 Created\r\nX: " + strings.Repeat("x", 65<<10) + "\r\n\r\n" + createdBody), CodeTooLarge, OutcomeUnknown, 1, ""},
}

// The three ways in which HTTP says where a body ends.
var (
	byLength = fmt.Sprintf("201 Created\r\nContent-Length: %d\r\n\r\n", len(createdBody))
	byChunks = fmt.Sprintf("201 Created\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n", len(createdBody))
	byClose  = "201 Created\r\n\r\n"
)

// cutShort: bought, and the answer broke off behind the id or before it.
var cutShort = []sending{
	{"201 with Content-Length, body cut", says(byLength + createdBody[:60]), "", 0, 1, createdID},
	{"201 with Content-Length, body cut before the id", says(byLength + createdBody[:6]), CodeBadResponse, OutcomeUnknown, 1, ""},
	{"201 chunked, body cut", says(byChunks + createdBody[:60]), "", 0, 1, createdID},
	{"201 chunked, body cut before the id", says(byChunks + createdBody[:6]), CodeBadResponse, OutcomeUnknown, 1, ""},
	{"201 without length, body cut", says(byClose + createdBody[:60]), "", 0, 1, createdID},
	{"201 without length, body cut before the id", says(byClose + createdBody[:6]), CodeBadResponse, OutcomeUnknown, 1, ""},
	{"201 without length, id cut", says(byClose + createdBody[:len(`{"id":"`)+len(createdID)]), CodeBadResponse, OutcomeUnknown, 1, ""},
	{"201, whole", says(byLength + createdBody), "", 0, 1, createdID},
	{"201, empty", says("201 Created\r\nContent-Length: 0\r\n\r\n"), CodeBadResponse, OutcomeUnknown, 1, ""},
}

// answers is where a server gives this status, these headers and this body.
func answers(head, body string) func(*testing.T) (*Client, func() int) {
	return says(fmt.Sprintf("%s\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s", head, len(body), body))
}

const (
	busy = `{"detail":"busy"}`
	page = `<!doctype html><title>Sign in</title>`
)

// answered: a whole answer came, and says whether the purchase was taken.
var answered = []sending{
	{"200 HTML page", answers("200 OK", page), CodeBadResponse, OutcomeUnknown, 1, ""},
	{"400 JSON error", answers("400 Bad Request", busy), CodeInvalid, Refused, 1, ""},
	{"401 JSON error", answers("401 Unauthorized", busy), CodeUnauthorized, Refused, 1, ""},
	{"402 JSON error", answers("402 Payment Required", busy), CodeCredit, Refused, 1, ""},
	{"404 JSON error", answers("404 Not Found", busy), CodeNotFound, Refused, 1, ""},
	{"422 JSON error", answers("422 Unprocessable Entity", busy), CodeInvalid, Refused, 1, ""},
	{"429 JSON error, no id", answers("429 Too Many Requests", busy), CodeRate, RateLimited, 1, ""},
	{"429 with an id", answers("429 Too Many Requests", createdBody), CodeRate, OutcomeUnknown, 1, createdID},
	{"429, cut", says("429 Too Many Requests\r\nContent-Length: 99\r\n\r\n" + busy), CodeRate, Refused, 1, ""},
	{"503 with Retry-After and a JSON error", answers("503 Busy\r\nRetry-After: 3", busy), CodeServer, RateLimited, 1, ""},
	{"503 with Retry-After and a page", answers("503 Busy\r\nRetry-After: 3", page), CodeServer, OutcomeUnknown, 1, ""},
	{"503 with Retry-After and an id", answers("503 Busy\r\nRetry-After: 3", createdBody), CodeServer, OutcomeUnknown, 1, createdID},
	{"503 with Retry-After, cut", says("503 Busy\r\nRetry-After: 3\r\nContent-Length: 99\r\n\r\n" + busy), CodeServer, OutcomeUnknown, 1, ""},
	{"503 without Retry-After", answers("503 Busy", busy), CodeServer, OutcomeUnknown, 1, ""},
	{"503 with a Retry-After that cannot be read", answers("503 Busy\r\nRetry-After: soon", busy), CodeServer, OutcomeUnknown, 1, ""},
	{"500", answers("500 Oops", busy), CodeServer, OutcomeUnknown, 1, ""},
	{"502", answers("502 Bad Gateway", page), CodeServer, OutcomeUnknown, 1, ""},
	{"504", answers("504 Gateway Timeout", busy), CodeServer, OutcomeUnknown, 1, ""},
	{"408 page", answers("408 Request Timeout", page), CodeServer, OutcomeUnknown, 1, ""},
}

// sentOn: no redirect is followed, with or without a body, so there is one POST.
// 302 and 303 say "look there": it may have been taken.
var sentOn = []sending{
	{"301", answers("301 Moved\r\nLocation: /there", ""), CodeNoSuchRoute, Refused, 1, ""},
	{"302", answers("302 Found\r\nLocation: /there", ""), CodeNoSuchRoute, OutcomeUnknown, 1, ""},
	{"303", answers("303 See Other\r\nLocation: /there", ""), CodeNoSuchRoute, OutcomeUnknown, 1, ""},
	{"307", answers("307 Temporary\r\nLocation: /there", ""), CodeNoSuchRoute, Refused, 1, ""},
	{"308", answers("308 Permanent\r\nLocation: /there", ""), CodeNoSuchRoute, Refused, 1, ""},
}

// neverAnswered waits in virtual time for a server that read the request.
func neverAnswered(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var posts atomic.Int32
		c := clientFor(t, "http://127.0.0.1:1")
		overPipes(t, c, func(conn net.Conn) {
			if readWhole(conn) == nil {
				posts.Add(1)
			}
			_, _ = conn.Read(make([]byte, 1)) // until the client hangs up
		})
		s := sending{code: CodeUnreachable, verdict: OutcomeUnknown, posts: 1}
		s.to = func(*testing.T) (*Client, func() int) { return c, func() int { return int(posts.Load()) } }
		s.run(t)
	})
}

// neverReused offers to keep each connection, and resets it at a second request:
// there must be none, and nothing that lets Go send a POST again by itself.
func neverReused(t *testing.T) {
	var reused atomic.Int32
	server := serveRaw(t, func(conn *net.TCPConn, _ *http.Request) {
		_, _ = io.WriteString(conn, "HTTP/1.1 "+strings.Replace(byLength, "\r\n", "\r\nConnection: keep-alive\r\n", 1)+createdBody)
		if readWhole(conn) == nil {
			reused.Add(1)
			hangUp(conn)
		}
	})
	client := server.client(t)
	for range 5 {
		if p, err := client.Create(t.Context(), boat); err != nil || p.ID != createdID {
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

// neverShared: where other calls share one connection of HTTP/2, each create has its own of HTTP/1.1, so that none goes down
// with another's.
func neverShared(t *testing.T) {
	there := &teller{status: 200, body: `{"id":"abc","status":"starting"}`}
	server := secureServer(t, there, func(c *tls.Config) { c.NextProtos = []string{"h2", "http/1.1"} })
	client := clientFor(t, server.URL)
	trust(client, server)
	for range 4 {
		if err := errors.Join(create(client), get(client)); err != nil {
			t.Fatal(err)
		}
	}
	var protocols, peers []string
	for _, r := range there.asked() {
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
