package cli_test

import (
	"path/filepath"
	"testing"

	"tintype/api/demo"
)

// server is a demo server in this process that stands for Replicate, for programs in processes of their own.
type server struct {
	*demo.Server
	base string
}

// quick are the knobs of a server whose predictions take no time.
var quick = demo.Knobs{Speed: 100}

// newServer starts one with the knobs turned.
func newServer(t *testing.T, knobs demo.Knobs) *server {
	t.Helper()
	s, err := demo.New(demo.Options{Path: filepath.Join(t.TempDir(), "server.jsonl")})
	if err != nil {
		t.Fatal(err)
	}
	s.SetKnobs(func(k *demo.Knobs) { *k = knobs })
	base, err := s.Listen(t.Context(), "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	return &server{s, base + "/v1"}
}

// args are the flags that lead a program to it.
func (s *server) args() []string { return []string{"--provider", "replicate", "--base-url", s.base} }
