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

// teller is a handler that answers every request with what it was told last, and remembers what it was asked.
type teller struct {
	mu     sync.Mutex
	status int
	body   string
	seen   []*http.Request
}

func (s *teller) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	r.Body = io.NopCloser(bytes.NewReader(body)) // for who looks at it later
	s.mu.Lock()
	s.seen = append(s.seen, r)
	status, text := s.status, s.body
	s.mu.Unlock()
	w.Header().Set("Date", "Thu, 12 Mar 2026 11:27:19 GMT")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, text)
}

// tells is what it answers from now on.
func (s *teller) tells(status int, body string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.status, s.body = status, body
}

// asked are the requests so far.
func (s *teller) asked() []*http.Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.seen)
}

// asks is how many requests there were.
func (s *teller) asks() int { return len(s.asked()) }

// telling is a teller that answers so, and its address.
func telling(t *testing.T, status int, body string) (s *teller, address string) {
	t.Helper()
	s = &teller{status: status, body: body}
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	return s, server.URL
}
