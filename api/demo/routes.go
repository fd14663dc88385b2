package demo

import (
	"bytes"
	"net/http"
	"strings"
	"time"
)

// response is an answer as a whole, before a fault spoils it. It is an
// http.ResponseWriter, so that the standard library can fill it.
type response struct {
	status int
	header http.Header
	body   bytes.Buffer
}

func newResponse() *response { return &response{header: http.Header{}} }

func (a *response) Header() http.Header { return a.header }

func (a *response) WriteHeader(status int) {
	if a.status == 0 {
		a.status = status
	}
}

func (a *response) Write(b []byte) (int, error) {
	a.WriteHeader(http.StatusOK)
	return a.body.Write(b)
}

// handler answers one kind of request.
type handler func(s *Server, a *response, r *http.Request, dialect dialect, args []string)

// route is one row of the table: a method, a path in which {} stands for one
// part, and who answers.
type route struct {
	method, path string
	kind         RequestKind
	handle       handler
}

var replicateRoutes = []route{
	{"POST", "models/{}/{}/predictions", Create, (*Server).handleCreateByModel},
	{"POST", "predictions", Create, (*Server).handleCreateByBody},
	{"GET", "predictions/{}", Get, (*Server).handleGet},
	{"POST", "predictions/{}/cancel", Cancel, (*Server).handleCancel},
	{"GET", "predictions", List, (*Server).handleList},
	{"GET", "models", Metadata, (*Server).handleModels},
	{"GET", "models/{}/{}", Metadata, (*Server).handleModel},
	{"GET", "models/{}/{}/versions", Metadata, (*Server).handleVersions},
	{"GET", "models/{}/{}/versions/{}", Metadata, (*Server).handleVersion},
	{"GET", "account", Metadata, (*Server).handleAccount},
}

var cometRoutes = []route{
	{"POST", "models/{}/{}/predictions", Create, (*Server).handleCreateByModel},
	{"POST", "predictions", Create, (*Server).handleCreateByBody},
	{"GET", "predictions/{}", Get, (*Server).handleGet},
}

// findRoute picks the route of a request: its kind, and who answers.
func findRoute(r *http.Request) (RequestKind, dialect, handler, []string) {
	path := r.URL.Path
	if rest, ok := strings.CutPrefix(path, "/outputs/"); ok && (r.Method == "GET" || r.Method == "HEAD") {
		return Output, replicateDialect{}, (*Server).handleOutput, strings.Split(rest, "/")
	}
	if rest, ok := strings.CutPrefix(path, "/replicate/v1/"); ok {
		return matchRoute(cometRoutes, r.Method, rest, cometDialect{})
	}
	if rest, ok := strings.CutPrefix(path, "/v1/"); ok {
		return matchRoute(replicateRoutes, r.Method, rest, replicateDialect{})
	}
	if path == "/" {
		return noRoute, cometDialect{}, (*Server).handleUnknown, nil
	}
	return noRoute, replicateDialect{}, (*Server).handleUnknown, nil
}

func matchRoute(routes []route, method, path string, d dialect) (RequestKind, dialect, handler, []string) {
	parts := strings.Split(strings.TrimSuffix(path, "/"), "/")
	for _, row := range routes {
		if args, ok := matchPath(row.path, parts); ok && row.method == method {
			return row.kind, d, row.handle, args
		}
	}
	return noRoute, d, (*Server).handleUnknown, nil
}

func matchPath(pattern string, parts []string) (args []string, ok bool) {
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
	kind, d, do, args := findRoute(r)
	s.countRequest(kind)
	fault, struck := s.matchFault(kind)
	if v, ok := w.(*exchange); ok && !fault.Unsent {
		v.markReceived()
	}
	if struck && !sleep(r, fault.Delay) {
		return
	}
	a := newResponse()
	if !struck || fault.takesEffect() {
		s.handle(a, r, kind, d, do, args)
	}
	if !struck {
		s.send(w, r, a, Fault{})
		return
	}
	s.sendWithFault(w, r, a, fault)
}

func (s *Server) countRequest(kind RequestKind) {
	s.updateCounts(func(c *Counts) {
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

func (s *Server) handle(a *response, r *http.Request, kind RequestKind, d dialect, do handler, args []string) {
	if kind != Output && kind != noRoute && !hasKey(r) {
		d.writeError(a, errUnauthenticated)
	} else {
		do(s, a, r, d, args)
	}
	if kind != Create {
		return
	}
	s.updateCounts(func(c *Counts) {
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

func (s *Server) handleUnknown(a *response, r *http.Request, d dialect, _ []string) {
	d.writeError(a, errNotFound)
}

// sleep waits, unless the client leaves.
func sleep(r *http.Request, d time.Duration) bool {
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
