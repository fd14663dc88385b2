package demo

import (
	"bytes"
	"net/http"
	"strings"
	"time"
)

// response is an answer in memory, before a fault changes it. It is an http.ResponseWriter for the
// standard library.
type response struct {
	status int
	header http.Header
	body   bytes.Buffer
}

func newResponse() *response { return &response{header: http.Header{}} }

func (resp *response) Header() http.Header { return resp.header }

func (resp *response) WriteHeader(status int) {
	if resp.status == 0 {
		resp.status = status
	}
}

func (resp *response) Write(b []byte) (int, error) {
	resp.WriteHeader(http.StatusOK)
	return resp.body.Write(b)
}

// handler answers a request. args are the variable parts of the path.
type handler func(s *Server, resp *response, r *http.Request, dialect dialect, args []string)

// route is a row of the table: a method, a path in which {} matches one part, and the handler.
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
	{"POST", "files", Files, (*Server).handleUpload},
	{"GET", "files", Files, (*Server).handleUploads},
	{"GET", "files/{}", Files, (*Server).handleUploaded},
	{"DELETE", "files/{}", Files, (*Server).handleDeleteUpload},
	{"GET", "files/{}/download", Files, (*Server).handleUploadContent},
}

var cometRoutes = []route{
	{"POST", "models/{}/{}/predictions", Create, (*Server).handleCreateByModel},
	{"POST", "predictions", Create, (*Server).handleCreateByBody},
	{"GET", "predictions/{}", Get, (*Server).handleGet},
}

// findRoute returns the kind, the dialect, the handler and the arguments of a request.
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
	names := strings.Split(pattern, "/")
	if len(names) != len(parts) {
		return nil, false
	}
	for i, w := range names {
		switch {
		case w == "{}" && parts[i] != "":
			args = append(args, parts[i])
		case w != parts[i]:
			return nil, false
		}
	}
	return args, true
}

// ServeHTTP answers a request, with the fault that matches it.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	kind, d, handle, args := findRoute(r)
	s.countRequest(kind)
	fault := s.matchFault(kind)
	if v, ok := w.(*exchange); ok && !fault.Unsent {
		v.markReceived()
	}
	if !sleep(r, fault.Delay) {
		return
	}
	resp := newResponse()
	if fault.takesEffect() {
		s.handle(resp, r, kind, d, handle, args)
		s.currentBehaviour().ErrorShape.reshape(resp)
	}
	s.sendWithFault(w, r, resp, fault)
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

func (s *Server) handle(resp *response, r *http.Request, kind RequestKind, d dialect, handle handler, args []string) {
	if kind != Output && kind != noRoute && !hasKey(r) {
		d.writeError(resp, errUnauthenticated)
	} else {
		handle(s, resp, r, d, args)
	}
	if kind != Create {
		return
	}
	s.updateCounts(func(c *Counts) {
		if resp.status < 300 {
			c.Accepted++
		} else {
			c.Refused++
		}
	})
}

// hasKey reports whether the request has a key; any will do. Old clients of Replicate send "Token".
func hasKey(r *http.Request) bool {
	scheme, key, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	isKnown := strings.EqualFold(scheme, "Bearer") || strings.EqualFold(scheme, "Token")
	return isKnown && strings.TrimSpace(key) != ""
}

func (s *Server) handleUnknown(resp *response, r *http.Request, d dialect, _ []string) {
	d.writeError(resp, errNotFound)
}

// sleep waits for d. It reports false if the client disconnects first.
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
