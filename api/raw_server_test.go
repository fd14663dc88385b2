package api

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
)

// rawServer is a TCP server on loopback that reads complete requests and then lets a test use the connection.
type rawServer struct {
	base  string
	posts atomic.Int32 // POSTs that were read completely
	mu    sync.Mutex
	seen  []*http.Request
}

// newRawServer starts one. behave is called for each request, and the connection is closed after it.
func newRawServer(t *testing.T, behave func(conn *net.TCPConn, req *http.Request)) *rawServer {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &rawServer{base: "http://" + listener.Addr().String() + "/under/v1"}
	var running sync.WaitGroup
	running.Go(func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			running.Go(func() { s.serve(conn.(*net.TCPConn), behave) })
		}
	})
	t.Cleanup(func() {
		_ = listener.Close()
		running.Wait()
	})
	return s
}

func (s *rawServer) serve(conn *net.TCPConn, behave func(*net.TCPConn, *http.Request)) {
	defer func() { _ = conn.Close() }()
	req, err := readRequest(conn)
	if err != nil {
		return
	}
	if req.Method == http.MethodPost {
		s.posts.Add(1)
	}
	s.mu.Lock()
	s.seen = append(s.seen, req)
	s.mu.Unlock()
	behave(conn, req)
}

// requests returns the requests so far.
func (s *rawServer) requests() []*http.Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.seen)
}

// readRequest reads a request with its body.
func readRequest(conn io.Reader) (*http.Request, error) {
	req, err := http.ReadRequest(bufio.NewReader(conn))
	if err != nil {
		return nil, err
	}
	_, err = io.ReadAll(req.Body)
	return req, err
}

// drainRequest is readRequest if only its success matters.
func drainRequest(conn io.Reader) error { return errorOf(readRequest(conn)) }

// client returns a client for the server.
func (s *rawServer) client(t *testing.T) *Client { return newClient(t, s.base) }

// newClient returns a client with the canary as its key.
func newClient(t *testing.T, base string) *Client {
	t.Helper()
	return newClientWithKey(t, base, canary)
}

// newClientWithKey is newClient with another key.
func newClientWithKey(t *testing.T, base, key string) *Client {
	t.Helper()
	row, _ := FindProvider(Replicate)
	c, err := New(Options{Provider: row, BaseURL: base, Key: NewSecret(key)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.CloseIdle)
	return c
}

var boatRequest = CreateRequest{Model: "black-forest-labs/flux-schnell", Input: map[string]any{"prompt": "A paper boat <&>"}}
