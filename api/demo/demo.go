// Package demo is an HTTP server that behaves like Replicate and CometAPI and draws its pictures
// itself. Tests and `--demo` use it in place of a provider.
//
// Its routes:
//
//   - /v1/ is Replicate's API: create (by model and by version), get, cancel, list, models, versions, account, files.
//   - /replicate/v1/ is CometAPI's: create and get. A query is wrapped in an envelope, and any other route answers with a
//     page of HTML.
//   - /outputs/ serves the pictures, without a key.
//
// Its rules:
//
//   - The state of a prediction is a function of its record and the time. Nothing runs in the background, a restarted server
//     continues where it stopped, and several programs may share a file of records.
//   - The same prompt, seed and size give the same picture (see package paint).
//   - Any key is accepted, but one must be sent.
//   - Each fault is a field of Behaviour and off by default. Those that a person may want have a name: see Behaviour.Set.
//   - It costs nothing. It listens on loopback addresses only and sends no requests.
//
// A prompt may ask for a failure:
//
//	[fail]     fails, flagged as sensitive (E005)
//	[slow]     takes 30 seconds
//	[stuck]    never ends
//	[filtered] the first picture is filtered out
//	[expired]  succeeds, but its pictures have expired at once
package demo

import (
	"net/http"
	"slices"
	"sync"
	"time"
)

// Options configure New.
type Options struct {
	Path      string           // file of records, such as demo.jsonl; "" keeps them in memory
	Now       func() time.Time // nil: time.Now
	BaseURL   string           // origin of the URLs in answers; "" is the origin of the request. Listen sets it
	Behaviour Behaviour
}

// Counts are the requests that a server has received.
type Counts struct {
	Posts    int // creates received
	Accepted int // creates accepted; a real provider would bill them
	Refused  int // creates answered with an error, other than an injected one
	Gets     int
	Cancels  int
	Lists    int
	Outputs  int
}

// Server is the demo server. It is an http.Handler, and its methods are safe for concurrent use.
type Server struct {
	now      func() time.Time
	store    *store
	pictures *pictureCache
	uploads  uploads

	mu            sync.Mutex
	baseURL       string
	behaviour     Behaviour
	faultHits     []int // how often each of behaviour.Faults matched
	counts        Counts
	cancelSignal  chan struct{} // closed and replaced when a prediction is cancelled
	recentCreates []time.Time   // in the last minute, for the rate limit
}

// New returns a server with the records in Options.Path. The error is a sentence about that file.
func New(o Options) (*Server, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	records, err := openStore(o.Path)
	if err != nil {
		return nil, err
	}
	s := &Server{now: o.Now, store: records, pictures: newPictureCache(), uploads: uploads{limit: maxUploads}, baseURL: o.BaseURL, cancelSignal: make(chan struct{})}
	s.UpdateBehaviour(func(b *Behaviour) { *b = o.Behaviour })
	return s, nil
}

// Counts returns the number of requests received so far.
func (s *Server) Counts() Counts {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.counts
}

// UpdateBehaviour changes the behaviour while the server runs. It resets the counts of Fault.Skip
// and Fault.Times.
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

func (s *Server) updateCounts(change func(*Counts)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change(&s.counts)
}

// origin is the beginning of the URLs in an answer.
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
