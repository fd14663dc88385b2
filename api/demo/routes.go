package demo

import (
	"bytes"
	"net/http"
	"strings"
	"time"
)

// answer is an answer as a whole, before a fault spoils it. It is an
// http.ResponseWriter, so that the standard library can fill it.
type answer struct {
	status int
	header http.Header
	body   bytes.Buffer
}

func newAnswer() *answer { return &answer{header: http.Header{}} }

func (a *answer) Header() http.Header { return a.header }

func (a *answer) WriteHeader(status int) {
	if a.status == 0 {
		a.status = status
	}
}

func (a *answer) Write(b []byte) (int, error) {
	a.WriteHeader(http.StatusOK)
	return a.body.Write(b)
}

// handler answers one kind of request.
type handler func(s *Server, a *answer, r *http.Request, dialect dialect, args []string)

// route is one row of the table: a method, a path in which {} stands for one
// part, and who answers.
type route struct {
	method, path string
	kind         Kind
	answer       handler
}

var replicateRoutes = []route{
	{"POST", "models/{}/{}/predictions", Create, (*Server).createByModel},
	{"POST", "predictions", Create, (*Server).createByBody},
	{"GET", "predictions/{}", Get, (*Server).get},
	{"POST", "predictions/{}/cancel", Cancel, (*Server).cancel},
	{"GET", "predictions", List, (*Server).list},
	{"GET", "models", About, (*Server).models},
	{"GET", "models/{}/{}", About, (*Server).model},
	{"GET", "models/{}/{}/versions", About, (*Server).versions},
	{"GET", "models/{}/{}/versions/{}", About, (*Server).version},
	{"GET", "account", About, (*Server).account},
}

var cometRoutes = []route{
	{"POST", "models/{}/{}/predictions", Create, (*Server).createByModel},
	{"POST", "predictions", Create, (*Server).createByBody},
	{"GET", "predictions/{}", Get, (*Server).get},
}

// find picks the route of a request: its kind, and who answers.
func find(r *http.Request) (Kind, dialect, handler, []string) {
	path := r.URL.Path
	if rest, ok := strings.CutPrefix(path, "/outputs/"); ok && (r.Method == "GET" || r.Method == "HEAD") {
		return Output, replicate{}, (*Server).output, strings.Split(rest, "/")
	}
	if rest, ok := strings.CutPrefix(path, "/replicate/v1/"); ok {
		return match(cometRoutes, r.Method, rest, comet{})
	}
	if rest, ok := strings.CutPrefix(path, "/v1/"); ok {
		return match(replicateRoutes, r.Method, rest, replicate{})
	}
	if path == "/" {
		return NoRoute, comet{}, (*Server).nowhere, nil
	}
	return NoRoute, replicate{}, (*Server).nowhere, nil
}

func match(routes []route, method, path string, d dialect) (Kind, dialect, handler, []string) {
	parts := strings.Split(strings.TrimSuffix(path, "/"), "/")
	for _, row := range routes {
		if args, ok := fits(row.path, parts); ok && row.method == method {
			return row.kind, d, row.answer, args
		}
	}
	return NoRoute, d, (*Server).nowhere, nil
}

func fits(pattern string, parts []string) (args []string, ok bool) {
	wanted := strings.Split(pattern, "/")
	if len(wanted) != len(parts) {
		return nil, false
	}
	for i, w := range wanted {
		switch {
		case w == "{}" && parts[i] != "":
			args = append(args, parts[i])
		case w != parts[i]:
			return nil, false
		}
	}
	return args, true
}

// ServeHTTP answers a request, spoiled by the fault that it meets.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	kind, d, do, args := find(r)
	s.countRequest(kind)
	fault, struck := s.strike(kind)
	if v, ok := w.(*response); ok && !fault.Unsent {
		v.sent()
	}
	if struck && !pause(r, fault.Delay) {
		return
	}
	a := newAnswer()
	if !struck || fault.takesEffect() {
		s.carryOut(a, r, kind, d, do, args)
	}
	if !struck {
		s.send(w, r, a, Fault{})
		return
	}
	s.spoil(w, r, a, fault)
}

func (s *Server) countRequest(kind Kind) {
	s.count(func(c *Counts) {
		switch kind {
		case Create:
			c.Posts++
		case Get:
			c.Gets++
		case Cancel:
			c.Cancels++
		case List:
			c.Lists++
		case Output:
			c.Outputs++
		}
	})
}

func (s *Server) carryOut(a *answer, r *http.Request, kind Kind, d dialect, do handler, args []string) {
	if kind != Output && kind != NoRoute && !hasKey(r) {
		d.refuse(a, unauthenticated)
	} else {
		do(s, a, r, d, args)
	}
	if kind != Create {
		return
	}
	s.count(func(c *Counts) {
		if a.status < 300 {
			c.Accepted++
		} else {
			c.Refused++
		}
	})
}

// hasKey takes any key, but wants one. Old clients of Replicate say "Token".
func hasKey(r *http.Request) bool {
	scheme, key, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	known := strings.EqualFold(scheme, "Bearer") || strings.EqualFold(scheme, "Token")
	return known && strings.TrimSpace(key) != ""
}

func (s *Server) nowhere(a *answer, r *http.Request, d dialect, _ []string) { d.refuse(a, notFound) }

// pause waits, unless the client leaves.
func pause(r *http.Request, d time.Duration) bool {
	if d <= 0 {
		return true
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-r.Context().Done():
		return false
	}
}
