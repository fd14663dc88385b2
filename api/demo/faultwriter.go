package demo

import (
	"maps"
	"net/http"
	"strconv"
)

// sendWithFault sends the answer as the fault wants it.
func (s *Server) sendWithFault(w http.ResponseWriter, r *http.Request, a *response, f Fault) {
	switch {
	case f.Unsent: // a listener cannot tell it from a reset
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
		a = newResponse()
		a.header.Set("Content-Type", "application/json")
		a.WriteHeader(f.Status)
		a.body.WriteString(f.Body)
	}
	maps.Copy(a.header, f.Header)
	s.send(w, r, a, f)
}

// send writes the answer, cut or dripped where the fault says so. The length is
// declared in full, so that a cut is seen as one.
func (s *Server) send(w http.ResponseWriter, r *http.Request, a *response, f Fault) {
	if a.status == 0 { // the client has left
		panic(http.ErrAbortHandler)
	}
	maps.Copy(w.Header(), a.header)
	w.Header().Set("Date", s.now().UTC().Format(http.TimeFormat))
	body := a.body.Bytes()
	if w.Header().Get("Content-Length") == "" {
		w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	}
	w.WriteHeader(a.status)
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
