package demo

import (
	"net/http"
	"time"
)

// Behaviour sets the speed, the outcomes and the faults of a server. The zero value is a server
// that works well. The test scripts of ui/cli write it as JSON, with these names.
type Behaviour struct {
	Rate      float64       // factor: 2 is twice as fast; 0 counts as 1
	Duration  time.Duration // of every prediction, before Rate; 0 is its model's typical duration
	PerMinute int           // creates accepted in a minute, the others get status 429; 0 is no limit

	Fail    string // if not "", predictions fail with this error
	Stuck   bool   // predictions never end
	DataURI bool   // outputs are data: URIs
	Status  string // if not "", replaces the status "processing"

	LateOutputs time.Duration // pictures answer 404 for this long after the success
	Output      OutputForm    // of the outputs in an answer; DataURI has precedence
	HeldBack    int           // how many of several pictures the filter holds back, the last ones first
	EndStatus   string        // if not "", replaces the status "succeeded"
	ErrorShape  ErrorShape    // of refusals; "" is the dialect's own

	NoCancel  bool // cancel is an unknown route, as at CometAPI
	ShortList bool // leave out input and output in lists

	Faults []Fault // the first one that matches a request applies
}

// RequestKind is a group of routes, for Fault.On. The empty kind is any of them.
type RequestKind string

// The kinds of requests.
const (
	Create   RequestKind = "create"
	Get      RequestKind = "get"
	Cancel   RequestKind = "cancel"
	List     RequestKind = "list"
	Metadata RequestKind = "about" // model, versions, account
	Output   RequestKind = "output"
	Files    RequestKind = "files"   // uploads
	noRoute  RequestKind = "nowhere" // unknown routes
)

// Fault changes the answer to some requests, in this order: Delay; then a broken connection (Unsent,
// Reset, Hang); then the answer, which is the real one if Status is 0, otherwise Status and Body.
// Header is added to it, and it may be sent slowly or cut off.
type Fault struct {
	On    RequestKind // "" is any
	Skip  int         // leave the first requests alone
	Times int         // then apply to so many; 0 is all

	Delay  time.Duration
	Unsent bool // refuse the connection, so that nothing is sent (over Transport; otherwise as Reset)
	Accept bool // carry the request out, whatever the answer
	Reset  bool // break the connection without an answer
	Hang   bool // never answer

	Status int
	Header http.Header
	Body   string
	Drip   time.Duration // time before each byte of the body
	Cut    bool          // break the connection after CutAt bytes of the body
	CutAt  int
}

// takesEffect reports whether the request is carried out.
func (f Fault) takesEffect() bool {
	return f.Accept || !f.Unsent && !f.Reset && !f.Hang && f.Status == 0
}

// matchFault returns the fault for a request of this kind and counts the match; the zero Fault is
// none.
func (s *Server) matchFault(kind RequestKind) Fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i, f := range s.behaviour.Faults {
		if f.On != "" && f.On != kind {
			continue
		}
		count := s.faultHits[i]
		if f.Times > 0 && count >= f.Skip+f.Times {
			continue
		}
		s.faultHits[i]++
		if count >= f.Skip {
			return f
		}
	}
	return Fault{}
}
