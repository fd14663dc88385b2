package cli_test

import (
	"context"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"tintype/api/demo"
)

// server is a demo server in this process that plays Replicate for programs in other processes.
type server struct {
	*demo.Server
	origin      string       // its address
	clockOffset atomic.Int64 // nanoseconds by which its clock is ahead of the machine's
}

// quick makes predictions end at once, slow makes them run until finish is called.
var (
	quick = demo.Behaviour{Rate: 100}
	slow  = demo.Behaviour{Duration: 5 * time.Minute}
)

// now is the server's time.
func (s *server) now() time.Time { return time.Now().Add(time.Duration(s.clockOffset.Load())) }

// finish ends the slow predictions.
func (s *server) finish() { s.clockOffset.Add(int64(slow.Duration)) }

// newServer starts a server that ends with the test.
func newServer(t *testing.T, behaviour demo.Behaviour) *server {
	t.Helper()
	s, err := serve(t.Context(), filepath.Join(t.TempDir(), "server.jsonl"), behaviour)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// serve starts a server that keeps its predictions in a file.
func serve(ctx context.Context, file string, behaviour demo.Behaviour) (*server, error) {
	s := &server{}
	var err error
	if s.Server, err = demo.New(demo.Options{Path: file, Now: s.now}); err != nil {
		return nil, err
	}
	s.setBehaviour(behaviour)
	s.origin, err = s.Listen(ctx, "127.0.0.1:0")
	return s, err
}

// setBehaviour replaces the server's behaviour.
func (s *server) setBehaviour(behaviour demo.Behaviour) {
	s.UpdateBehaviour(func(b *demo.Behaviour) { *b = behaviour })
}

// args are the flags that direct a program to the server.
func (s *server) args() []string {
	return []string{"--provider", "replicate", "--base-url", s.origin + "/v1"}
}
