package demo

import (
	"net/http"
	"time"
)

// Behaviour are the paces, outcomes and faults that can be asked for. The zero value
// is a server that works well.
type Behaviour struct {
	Rate      float64       // 2 is twice as fast; 0 counts as 1
	Duration  time.Duration // how long every prediction takes; 0: as long as its model usually does
	Expiry    time.Duration // how long outputs live after the end; 0: one hour
	PerMinute int           // creates accepted in a minute, the others get a 429; 0: all

	Fail     string // predictions fail with this error
	Stuck    bool   // predictions never end
	Filtered []int  // numbers of the pictures that are filtered away
	DataURI  bool   // outputs are data: URIs
	Status   string // a status to show while a prediction runs, in place of "processing"

	AnyModel  bool // models that the catalogue does not know are accepted
	NoCancel  bool // cancelling is an unknown route, as at CometAPI
	FlatQuery bool // CometAPI's query without its envelope
	ShortList bool // lists leave out input, output and logs

	Faults []Fault // the first that matches a request strikes
}

// RequestKind names the requests that a fault strikes.
type RequestKind string

// The kinds of requests. The empty kind is any of them.
const (
	Create   RequestKind = "create"
	Get      RequestKind = "get"
	Cancel   RequestKind = "cancel"
	List     RequestKind = "list"
	Metadata RequestKind = "about" // model, versions, account
	Output   RequestKind = "output"
	noRoute  RequestKind = "nowhere" // no such route
)

// Fault spoils the answer to some requests. First comes Delay, then what breaks
// the connection (Unsent, Reset, Hang), then the answer: the true one where
// Status is 0, else Status and Body; with Header added, and dripped or cut.
type Fault struct {
	On    RequestKind // "": any
	Skip  int         // spares the first so many
	Times int         // strikes so often; 0: always

	Delay  time.Duration
	Unsent bool // breaks before the request could be sent (over Transport; else as Reset)
	Accept bool // the request takes effect, whatever the answer
	Reset  bool // breaks without an answer
	Hang   bool // never answers

	Status int
	Header http.Header
	Body   string
	Drip   time.Duration // pause before each byte of the body
	Cut    bool          // breaks after CutAt bytes of the body
	CutAt  int
}

// takesEffect says whether the request is carried out at all.
func (f Fault) takesEffect() bool {
	return f.Accept || !f.Unsent && !f.Reset && !f.Hang && f.Status == 0
}

// matchFault finds the fault that this request meets, and counts it.
func (s *Server) matchFault(kind RequestKind) (Fault, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i, f := range s.behaviour.Faults {
		if f.On != "" && f.On != kind {
			continue
		}
		met := s.faultHits[i]
		if f.Times > 0 && met >= f.Skip+f.Times {
			continue
		}
		s.faultHits[i]++
		if met >= f.Skip {
			return f, true
		}
	}
	return Fault{}, false
}
