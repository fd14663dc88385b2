package demo

import (
	"maps"
	"net/http"
	"strconv"
)

// sendWithFault sends the answer as the fault demands.
func (s *Server) sendWithFault(w http.ResponseWriter, r *http.Request, resp *response, f Fault) {
	switch {
	case f.Unsent: // over a socket it is the same as a reset
		if v, ok := w.(*exchange); ok {
			v.refuseConnection()
			return
		}
		panic(http.ErrAbortHandler)
	case f.Reset:
		panic(http.ErrAbortHandler)
	case f.Hang:
		<-r.Context().Done()
		panic(http.ErrAbortHandler)
	}
	if f.Status != 0 {
		resp = newResponse()
		resp.header.Set("Content-Type", "application/json")
		resp.WriteHeader(f.Status)
		resp.body.WriteString(f.Body)
	}
	maps.Copy(resp.header, f.Header)
	s.send(w, r, resp, f)
}

// send writes the answer, cut or slowed down if the fault says so. Content-Length is always that of
// the complete body, so that a client notices a cut.
func (s *Server) send(w http.ResponseWriter, r *http.Request, resp *response, f Fault) {
	if resp.status == 0 { // the client has disconnected
		panic(http.ErrAbortHandler)
	}
	maps.Copy(w.Header(), resp.header)
	w.Header().Set("Date", s.now().UTC().Format(http.TimeFormat))
	body := resp.body.Bytes()
	if w.Header().Get("Content-Length") == "" {
		w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	}
	w.WriteHeader(resp.status)
	if f.Cut {
		body = body[:min(max(f.CutAt, 0), len(body))]
	}
	if r.Method != http.MethodHead && !drip(w, r, body, f) {
		return
	}
	if f.Cut {
		flush(w)
		panic(http.ErrAbortHandler)
	}
}

// drip writes the body, byte by byte if the fault says so, and reports whether all of it was
// written.
func drip(w http.ResponseWriter, r *http.Request, body []byte, f Fault) bool {
	if f.Drip <= 0 {
		_, err := w.Write(body)
		return err == nil
	}
	for i := range body {
		if !sleep(r, f.Drip) {
			return false
		}
		if _, err := w.Write(body[i : i+1]); err != nil {
			return false
		}
		flush(w)
	}
	return true
}

func flush(w http.ResponseWriter) {
	if f, ok := w.(http.Flusher); ok {
		f.Flush()
	}
}
