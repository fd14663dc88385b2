package api

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// slowBody returns one byte at a time, and then blocks until its context ends.
type slowBody struct {
	ctx  context.Context
	gap  time.Duration
	left int
}

func (d *slowBody) Read(p []byte) (int, error) {
	wait := d.gap
	if d.left == 0 {
		wait = 24 * time.Hour
	}
	select {
	case <-time.After(wait):
		d.left--
		p[0] = ' '
		return 1, nil
	case <-d.ctx.Done():
		return 0, d.ctx.Err()
	}
}

func (d *slowBody) Close() error { return nil }

// drip writes before at once, then n bytes of text, one per interval, and then nothing until the client closes the
// connection.
func drip(before string, gap time.Duration, dripped string, n int) func(net.Conn) {
	return func(conn net.Conn) {
		if drainRequest(conn) != nil {
			return
		}
		_, err := io.WriteString(conn, before)
		for i := 0; i < n && err == nil; i++ {
			time.Sleep(gap)
			_, err = conn.Write([]byte{dripped[i%len(dripped)]})
		}
		_, _ = conn.Read(make([]byte, 1))
	}
}

const (
	endless  = 1 << 30
	goodHead = "HTTP/1.1 200 OK\r\n\r\n"
)

// Row "slow-loris": a server that does not answer, sends its headers or body in drips, or stops in the middle is given
// up after a fixed time. The real transport runs on synctest's clock.
func TestFaultSlowLoris(t *testing.T) {
	t.Parallel()
	replicate, _ := FindProvider(Replicate)
	for name, test := range map[string]struct {
		serve func(net.Conn)
		call  func(*Client) error
		after time.Duration
		code  Code
	}{
		"create, no headers":    {drip("", 0, "x", 0), create, createLimit, CodeUnreachable},
		"create, slow headers":  {drip("HTTP/1.1 201 Created\r\n", time.Second, "X: y\r\n", endless), create, createLimit, CodeUnreachable},
		"create, no body":       {drip("HTTP/1.1 201 Created\r\n\r\n", 0, "x", 0), create, stallLimit, CodeBadResponse},
		"get, no body":          {drip(goodHead, 0, "x", 0), get, stallLimit, CodeBadResponse},
		"picture, no body":      {drip(goodHead, 0, "x", 0), download, stallLimit, CodeUnreachable},
		"create, body stalls":   {drip("HTTP/1.1 201 Created\r\n\r\n", time.Second, " ", 10), create, 10*time.Second + stallLimit, CodeBadResponse},
		"create, body drips":    {drip("HTTP/1.1 201 Created\r\n\r\n", 19*time.Second, " ", endless), create, answerLimit, CodeBadResponse},
		"get, no headers":       {drip("", 0, "x", 0), get, replicate.PollTimeout, CodeUnreachable},
		"get, slow headers":     {drip("HTTP/1.1 200 OK\r\n", time.Second, "X: y\r\n", endless), get, replicate.PollTimeout, CodeUnreachable},
		"get, body stalls":      {drip(goodHead, time.Second, " ", 10), get, 10*time.Second + stallLimit, CodeBadResponse},
		"get, body drips":       {drip(goodHead, 19*time.Second, " ", endless), get, answerLimit, CodeBadResponse},
		"picture, no headers":   {drip("", 0, "x", 0), download, downloadHeaderLimit, CodeUnreachable},
		"picture, slow headers": {drip("HTTP/1.1 200 OK\r\n", time.Second, "X: y\r\n", endless), download, downloadHeaderLimit, CodeUnreachable},
		"picture, body stalls":  {drip(goodHead, time.Second, "\xff", 10), download, 10*time.Second + stallLimit, CodeUnreachable},
		"picture, body drips":   {drip(goodHead, 19*time.Second, "\xff", endless), download, downloadLimit, CodeUnreachable},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c := newClient(t, "http://127.0.0.1:1")
				connectByPipes(t, c, test.serve)
				begun := time.Now()
				e := AsError(test.call(c))
				if took := time.Since(begun); e == nil || e.Code != test.code || !e.Temporary() || took != test.after {
					t.Fatalf("%v after %v, not %s after %v", e, took, test.code, test.after)
				}
				if strings.HasPrefix(name, "create") && e.Outcome != OutcomeUnknown {
					t.Errorf("the purchase is %s", e.Outcome)
				}
			})
		})
	}
}

func create(c *Client) error { return errorOf(c.Create(context.Background(), boatRequest)) }

func get(c *Client) error { return errorOf(c.Get(context.Background(), "abc")) }

func download(c *Client) error {
	return errorOf(c.Download(context.Background(), c.BaseURL()+"/out", Resume{}, io.Discard))
}

// Row "slow-loris", the opposite: an answer that is slow but arrives is not an error. CometAPI's query has been seen
// hanging for 45 s and more, and a body may take long as long as bytes arrive.
func TestFaultSlowLorisThatArrives(t *testing.T) {
	t.Parallel()
	body := `{"id":"abc","status":"processing"}`
	for name, serve := range map[string]func(net.Conn){
		"late": func(conn net.Conn) {
			if drainRequest(conn) == nil {
				time.Sleep(60 * time.Second)
				_, _ = io.WriteString(conn, goodHead+body)
			}
		},
		"dripping": drip(fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n", len(body)), 3*time.Second, body, len(body)),
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c := newClient(t, "http://127.0.0.1:1")
				c.provider = Providers()[0]
				connectByPipes(t, c, serve)
				if p, err := c.Get(t.Context(), "abc"); err != nil || p.Status != Processing {
					t.Errorf("%+v, %v", p, err)
				}
			})
		})
	}
}

// Row "slow-loris": a caller's transport and body that ignore their context are given up as well.
func TestFaultSlowLorisUncancelableBody(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		begun := time.Now()
		c := newMemoryClient(t, bodyOf(func(ctx context.Context) io.ReadCloser {
			return &slowBody{context.WithoutCancel(ctx), 19 * time.Second, endless}
		}))
		e := AsError(errorOf(c.Get(t.Context(), "abc")))
		if took := time.Since(begun); e == nil || e.Code != CodeBadResponse || took > answerLimit+stallLimit {
			t.Errorf("%v after %v", e, took)
		}
	})
}

// Row "slow-loris": an answer that switches protocols is over after its headers. net/http then returns the bare
// connection, and no context ends a read from it, so nothing is read.
func TestFaultSlowLorisSwitchingProtocols(t *testing.T) {
	t.Parallel()
	for name, call := range map[string]func(*Client) error{"create": create, "get": get, "picture": download} {
		synctest.Test(t, func(t *testing.T) {
			c := newClient(t, "http://127.0.0.1:1")
			connectByPipes(t, c, drip("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n", 0, "x", 0))
			begun := time.Now()
			e := AsError(call(c))
			if took := time.Since(begun); e == nil || e.HTTPStatus != http.StatusSwitchingProtocols || e.Outcome != OutcomeUnknown || took != 0 {
				t.Errorf("%s: %#v after %v", name, e, took)
			}
		})
	}
}
