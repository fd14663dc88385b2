// Package demo is a server of the Replicate format that paints.
//
// Under /v1 it speaks Replicate's dialect: create by model and by version, get,
// cancel, list, model, versions, account. Under /replicate/v1 it speaks
// CometAPI's: create and get, the query wrapped in an envelope, a page of HTML for
// any other route. Pictures lie under /outputs/ and need no key. Any key is
// accepted, none is refused.
//
// Its rules: a prediction's life is a function of its record and the time, so
// nothing runs in the background, and a later start goes on where an earlier one
// left off; several programs may share a file of records. The same prompt, seed
// and size give the same picture. Every fault is a knob, and off by default. It
// costs nothing and reaches no network.
//
// A prompt may ask for trouble, to see what that looks like:
//
//	[fail]     fails, flagged as sensitive (E005)
//	[slow]     takes 30 seconds
//	[stuck]    never ends
//	[filtered] the first picture is filtered away
//	[expired]  succeeds, and its pictures are gone at once
package demo

import (
	"net/http"
	"slices"
	"sync"
	"time"
)

// Options are what a Server is made from.
type Options struct {
	Path      string           // demo.jsonl; "" keeps everything in memory
	Now       func() time.Time // nil: time.Now
	BaseURL   string           // origin of the URLs it hands out; "": the request's own; set by Listen
	Behaviour Behaviour
}

// Counts is what the server has seen.
type Counts struct {
	Posts    int // creates that arrived
	Accepted int // of these accepted; at a real provider: paid
	Refused  int // of these answered with an error of ours
	Gets     int
	Cancels  int
	Lists    int
	Outputs  int
}

// Server is the demo server, an http.Handler. Its methods may be called from
// several goroutines.
type Server struct {
	now      func() time.Time
	store    *store
	pictures *pictureCache

	mu            sync.Mutex
	baseURL       string
	behaviour     Behaviour
	faultHits     []int // how often each of knobs.Faults was met
	counts        Counts
	cancelSignal  chan struct{} // closed when a prediction is cancelled
	recentCreates []time.Time   // of the last minute, for the rate limit
}

// New makes a server, with the records of Options.Path. The error is a sentence
// about that file.
func New(o Options) (*Server, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	kept, err := openStore(o.Path)
	if err != nil {
		return nil, err
	}
	s := &Server{now: o.Now, store: kept, pictures: newPictureCache(), baseURL: o.BaseURL, cancelSignal: make(chan struct{})}
	s.UpdateBehaviour(func(k *Behaviour) { *k = o.Behaviour })
	return s, nil
}

// Counts is what the server has seen so far.
func (s *Server) Counts() Counts {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.counts
}

// UpdateBehaviour changes the knobs while the server runs. Faults count anew.
func (s *Server) UpdateBehaviour(change func(*Behaviour)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change(&s.behaviour)
	s.behaviour.Faults = slices.Clone(s.behaviour.Faults)
	s.faultHits = make([]int, len(s.behaviour.Faults))
}

func (s *Server) currentBehaviour() Behaviour {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.behaviour
}

func (s *Server) updateCounts(add func(*Counts)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	add(&s.counts)
}

// origin is what the URLs in an answer begin with.
func (s *Server) origin(r *http.Request) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.baseURL != "":
		return s.baseURL
	case r.URL.Scheme != "":
		return r.URL.Scheme + "://" + r.URL.Host
	}
	return "http://" + r.Host
}
