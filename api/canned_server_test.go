package api

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"
)

// cannedServer is a handler that gives every request the answer set last, and records the requests.
type cannedServer struct {
	mu     sync.Mutex
	status int
	body   string
	seen   []*http.Request
}

func (s *cannedServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	r.Body = io.NopCloser(bytes.NewReader(body)) // so that a test can read it later
	s.mu.Lock()
	s.seen = append(s.seen, r)
	status, text := s.status, s.body
	s.mu.Unlock()
	w.Header().Set("Date", "Thu, 12 Mar 2026 11:27:19 GMT")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, text)
}

// respond sets the answer from now on.
func (s *cannedServer) respond(status int, body string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.status, s.body = status, body
}

// requests returns the requests so far.
func (s *cannedServer) requests() []*http.Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.seen)
}

// count returns the number of requests so far.
func (s *cannedServer) count() int { return len(s.requests()) }

// newServer starts a cannedServer with that answer.
func newServer(t *testing.T, status int, body string) (s *cannedServer, address string) {
	t.Helper()
	s = &cannedServer{status: status, body: body}
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	return s, server.URL
}
