package demo

import (
	"cmp"
	"encoding/base64"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"time"

	"tintype/api/model"
)

func (s *Server) handleGet(resp *response, r *http.Request, d dialect, args []string) {
	rec, ok := s.store.find(args[0])
	if !ok {
		d.writeError(resp, errNoTask)
		return
	}
	m := rec.at(s.now())
	d.writeFound(resp, rec, m, s.prediction(rec, m, d, s.origin(r)))
}

// handleCancel cancels a running prediction. One that has ended stays as it is.
func (s *Server) handleCancel(resp *response, r *http.Request, d dialect, args []string) {
	if s.currentBehaviour().NoCancel {
		cometDialect{}.writeError(resp, errNotFound)
		return
	}
	rec, ok := s.store.find(args[0])
	if !ok {
		d.writeError(resp, errNotFound)
		return
	}
	if now := s.now(); !rec.at(now).hasEnded() {
		rec.Canceled = now.UTC()
		if err := s.store.put(rec); err != nil {
			d.writeError(resp, apiError{status: http.StatusInternalServerError, detail: err.Error()})
			return
		}
		s.wakeWaiters()
	}
	m := rec.at(s.now())
	d.writeFound(resp, rec, m, s.prediction(rec, m, d, s.origin(r)))
}

func (s *Server) wakeWaiters() {
	s.mu.Lock()
	defer s.mu.Unlock()
	close(s.cancelSignal)
	s.cancelSignal = make(chan struct{})
}

// prediction is a prediction in Replicate's format.
func (s *Server) prediction(r record, m snapshot, d dialect, origin string) map[string]any {
	shape := model.Find(r.Model)
	body := map[string]any{
		"id": r.ID, "model": r.Model, "version": cmp.Or(r.Version, "hidden"), "input": r.Input, "logs": r.logs(m, shape.Outputs), "output": nil,
		"data_removed": false, "error": nil, "source": "api", "status": s.statusText(m), "created_at": timestamp(r.Created),
		"urls": d.urls(origin, r.ID),
	}
	if !m.started.IsZero() {
		body["started_at"] = timestamp(m.started)
	}
	if !r.Deadline.IsZero() {
		body["deadline"] = timestamp(r.Deadline)
	}
	if m.hasEnded() {
		body["completed_at"] = timestamp(m.completed)
		body["metrics"] = r.metrics(m)
	}
	switch m.status {
	case succeeded:
		body["output"] = s.outputs(r, shape.Outputs, origin)
	case failed:
		body["error"] = r.errorText()
	case canceled:
		body["logs"] = nil // as recorded at Replicate
	}
	if m.isExpired {
		maps.Copy(body, map[string]any{"data_removed": true, "output": nil, "input": map[string]any{}, "logs": ""})
	}
	return body
}

func (s *Server) statusText(m snapshot) string {
	b := s.currentBehaviour()
	switch {
	case b.Status != "" && m.status == processing:
		return b.Status
	case b.EndStatus != "" && m.status == succeeded:
		return b.EndStatus
	}
	return m.status
}

func (r record) errorText() string {
	if r.Plan.Error != "" {
		return r.Plan.Error
	}
	return "All generated images contained NSFW content. Try running it again with a different prompt."
}

func (r record) metrics(m snapshot) map[string]any {
	all := map[string]any{"total_time": m.completed.Sub(r.Created).Seconds()}
	if !m.started.IsZero() {
		all["predict_time"] = m.completed.Sub(m.started).Seconds()
	}
	if m.status == succeeded {
		all["image_count"] = len(r.Plan.Outputs)
	}
	return all
}

// timestamp formats a time with milliseconds, as most of Replicate's are.
func timestamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }

// outputs is a URL or a list of URLs, depending on the model; or what the behaviour puts in their place.
func (s *Server) outputs(r record, shape model.OutputCount, origin string) any {
	urls := make([]string, 0, len(r.Plan.Outputs))
	for _, n := range r.Plan.Outputs {
		urls = append(urls, s.outputURL(r, n, origin))
	}
	if shape == model.One {
		return urls[0]
	}
	return urls
}

func (s *Server) outputURL(r record, n int, origin string) string {
	form := s.currentBehaviour().Output
	if r.Plan.DataURI {
		form = OutputData
	}
	path := fmt.Sprintf("/outputs/%s/out-%d.%s", r.ID, n, r.format())
	switch form {
	case OutputURL:
		return origin + path
	case OutputRelative:
		return path
	}
	picture, err := s.pictures.get(r, n)
	if err != nil {
		return "data:image/png;base64,"
	}
	encoded := base64.StdEncoding.EncodeToString(picture)
	if form == OutputBase64 {
		return encoded
	}
	return "data:" + mediaType(r.format()) + ";base64," + encoded
}

const pageSize = 100

// handleList returns up to pageSize predictions, newest first, and a link to the next page.
func (s *Server) handleList(resp *response, r *http.Request, d dialect, _ []string) {
	query := r.URL.Query()
	all := filterByTime(s.store.newest(), query)
	from := 0
	if cursor := query.Get("cursor"); cursor != "" {
		last, _ := base64.RawURLEncoding.DecodeString(cursor)
		for i, rec := range all {
			if rec.ID == string(last) {
				from = i + 1
			}
		}
		if from == 0 {
			d.writeError(resp, errNotFound)
			return
		}
	}
	all = all[from:]
	var next any
	if len(all) > pageSize {
		all = all[:pageSize]
		query.Set("cursor", base64.RawURLEncoding.EncodeToString([]byte(all[pageSize-1].ID)))
		next = s.origin(r) + "/v1/predictions?" + query.Encode()
	}
	results := make([]map[string]any, 0, len(all))
	for _, rec := range all {
		results = append(results, s.listItem(rec, d, s.origin(r)))
	}
	writeObject(resp, d, map[string]any{"next": next, "previous": nil, "results": results})
}

// filterByTime applies created_after and created_before.
func filterByTime(all []record, query url.Values) []record {
	after, errAfter := time.Parse(time.RFC3339, query.Get("created_after"))
	before, errBefore := time.Parse(time.RFC3339, query.Get("created_before"))
	kept := all[:0]
	for _, r := range all {
		if errAfter == nil && r.Created.Before(after) || errBefore == nil && !r.Created.Before(before) {
			continue
		}
		kept = append(kept, r)
	}
	return kept
}

func (s *Server) listItem(r record, d dialect, origin string) map[string]any {
	body := s.prediction(r, r.at(s.now()), d, origin)
	delete(body, "logs")
	if s.currentBehaviour().ShortList {
		delete(body, "input")
		delete(body, "output")
	}
	return body
}
