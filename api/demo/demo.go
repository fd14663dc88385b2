// Package demo is a server of the Replicate format that paints.
package demo

import (
	"context"
	"errors"
	"image"
	"net/http"
	"time"
)

// Options are what a Server is made from.
type Options struct {
	Path    string           // demo.jsonl; "" keeps everything in memory
	Now     func() time.Time // nil: time.Now
	BaseURL string           // origin of the URLs it hands out, "http://127.0.0.1:PORT"; set by Listen
	Knobs   Knobs
}

// Knobs are the faults and speeds that can be asked for.
type Knobs struct{}

// Counts is what the server has seen.
type Counts struct {
	Posts    int // POSTs that asked for a prediction
	Accepted int // of these, accepted (and at a real provider: paid)
	Refused  int
	Gets     int
	Cancels  int
	Lists    int
	Outputs  int
}

// Server is the demo server.
type Server struct{}

// New makes a server.
func New(o Options) (*Server, error) { return &Server{}, nil }

// ServeHTTP answers.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { http.NotFound(w, r) }

// Transport answers requests in memory.
func (s *Server) Transport() http.RoundTripper { return nil }

// Listen serves on a loopback address until ctx ends.
func (s *Server) Listen(ctx context.Context, addr string) (base string, err error) {
	return "", errors.New("not yet")
}

// Counts is what the server has seen so far.
func (s *Server) Counts() Counts { return Counts{} }

// SetKnobs changes the knobs while the server runs.
func (s *Server) SetKnobs(change func(*Knobs)) {}

// Paint draws a scene.
func Paint(prompt string, seed int64, w, h int) image.Image { return image.NewRGBA(image.Rect(0, 0, w, h)) }
