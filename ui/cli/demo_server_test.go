package cli_test

import (
	"context"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"tintype/api/demo"
)

// server is a demo server in this process that stands for Replicate, for programs in processes of their own.
type server struct {
	*demo.Server
	origin      string       // its address
	clockOffset atomic.Int64 // of the machine's clock, in nanoseconds
}

// quick are the knobs of a server whose predictions take no time, slow of one whose predictions are under way until finish.
var (
	quick = demo.Behaviour{Rate: 100}
	slow  = demo.Behaviour{Duration: 5 * time.Minute}
)

// now is the server's time.
func (s *server) now() time.Time { return time.Now().Add(time.Duration(s.clockOffset.Load())) }

// finish lets slow predictions come to their ends.
func (s *server) finish() { s.clockOffset.Add(int64(slow.Duration)) }

// newServer starts one with the knobs turned.
func newServer(t *testing.T, behaviour demo.Behaviour) *server {
	t.Helper()
	s, err := serve(t.Context(), filepath.Join(t.TempDir(), "server.jsonl"), behaviour)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// serve starts one that keeps its predictions in a file.
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

// setBehaviour turns the knobs, all of them.
func (s *server) setBehaviour(behaviour demo.Behaviour) {
	s.UpdateBehaviour(func(k *demo.Behaviour) { *k = behaviour })
}

// args are the flags that lead a program to it.
func (s *server) args() []string {
	return []string{"--provider", "replicate", "--base-url", s.origin + "/v1"}
}
