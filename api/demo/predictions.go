package demo

import (
	"encoding/base64"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"time"

	"tintype/api/model"
)

func (s *Server) get(a *answer, r *http.Request, d dialect, args []string) {
	found, ok := s.records.find(args[0])
	if !ok {
		d.refuse(a, noTask)
		return
	}
	m := found.at(s.now())
	d.found(a, found, m, s.prediction(found, m, d, s.origin(r)), s.setting())
}

// cancel stops what runs. What has ended stays as it is.
func (s *Server) cancel(a *answer, r *http.Request, d dialect, args []string) {
	if s.setting().NoCancel {
		comet{}.refuse(a, notFound)
		return
	}
	found, ok := s.records.find(args[0])
	if !ok {
		d.refuse(a, notFound)
		return
	}
	if now := s.now(); !found.at(now).ended() {
		found.Canceled = now.UTC()
		if err := s.records.put(found); err != nil {
			d.refuse(a, refusal{status: http.StatusInternalServerError, detail: err.Error()})
			return
		}
		s.wakeWaiting()
	}
	m := found.at(s.now())
	d.found(a, found, m, s.prediction(found, m, d, s.origin(r)), s.setting())
}

func (s *Server) wakeWaiting() {
	s.mu.Lock()
	defer s.mu.Unlock()
	close(s.changed)
	s.changed = make(chan struct{})
}

// prediction is the object of Replicate's format at a moment.
func (s *Server) prediction(r record, m moment, d dialect, origin string) map[string]any {
	shape := model.Find(r.Model)
	body := map[string]any{
		"id": r.ID, "model": r.Model, "version": "hidden", "input": r.Input, "logs": r.logs(m, shape.Outputs), "output": nil,
		"data_removed": false, "error": nil, "source": "api", "status": s.word(m), "created_at": stamp(r.Created),
		"urls": d.urls(origin, r.ID),
	}
	if !m.started.IsZero() {
		body["started_at"] = stamp(m.started)
	}
	if !r.Deadline.IsZero() {
		body["deadline"] = stamp(r.Deadline)
	}
	if m.ended() {
		body["completed_at"] = stamp(m.completed)
		body["metrics"] = r.metrics(m)
	}
	switch m.status {
	case succeeded:
		body["output"] = s.outputs(r, shape.Outputs, origin)
	case failed:
		body["error"] = r.reason()
	case canceled:
		body["logs"] = nil // recorded so
	}
	if m.expired {
		maps.Copy(body, map[string]any{"data_removed": true, "output": nil, "input": map[string]any{}, "logs": ""})
	}
	return body
}

func (s *Server) word(m moment) string {
	if k := s.setting(); k.Status != "" && m.status == processing {
		return k.Status
	}
	return m.status
}

func (r record) reason() string {
	if r.Plan.Error != "" {
		return r.Plan.Error
	}
	return "All generated images contained NSFW content. Try running it again with a different prompt."
}

func (r record) metrics(m moment) map[string]any {
	all := map[string]any{"total_time": m.completed.Sub(r.Created).Seconds()}
	if !m.started.IsZero() {
		all["predict_time"] = m.completed.Sub(m.started).Seconds()
	}
	if m.status == succeeded {
		all["image_count"] = len(r.Plan.Outputs)
	}
	return all
}

// stamp has milliseconds, as Replicate's times mostly do.
func stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }

// outputs is a string or a list, as the model has it.
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
	if !r.Plan.DataURI {
		return fmt.Sprintf("%s/outputs/%s/out-%d.%s", origin, r.ID, n, r.format())
	}
	picture, err := s.gallery.picture(r, n)
	if err != nil {
		return "data:image/png;base64,"
	}
	return "data:" + mimeOf(r.format()) + ";base64," + base64.StdEncoding.EncodeToString(picture)
}

const pageSize = 100

// list gives the newest hundred, and where to go on.
func (s *Server) list(a *answer, r *http.Request, d dialect, _ []string) {
	query := r.URL.Query()
	all := within(s.records.newest(), query)
	from := 0
	if cursor := query.Get("cursor"); cursor != "" {
		last, _ := base64.RawURLEncoding.DecodeString(cursor)
		for i, rec := range all {
			if rec.ID == string(last) {
				from = i + 1
			}
		}
		if from == 0 {
			d.refuse(a, notFound)
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
		results = append(results, s.listed(rec, d, s.origin(r)))
	}
	d.found(a, record{}, moment{}, map[string]any{"next": next, "previous": nil, "results": results}, Behaviour{})
}

// within keeps to created_after and created_before.
func within(all []record, query url.Values) []record {
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

func (s *Server) listed(r record, d dialect, origin string) map[string]any {
	body := s.prediction(r, r.at(s.now()), d, origin)
	delete(body, "logs")
	if s.setting().ShortList {
		delete(body, "input")
		delete(body, "output")
	}
	return body
}
