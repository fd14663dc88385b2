package demo

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"io"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"tintype/api/model"
)

// maxBody bounds a request's body, in bytes. Replicate takes less, even with data: URIs.
const maxBody = 32 << 20

func (s *Server) handleCreateByModel(resp *response, r *http.Request, d dialect, args []string) {
	s.create(resp, r, d, args[0]+"/"+args[1])
}

func (s *Server) handleCreateByBody(resp *response, r *http.Request, d dialect, _ []string) {
	s.create(resp, r, d, "")
}

// create accepts or refuses a prediction. id is the model in the path, or "".
func (s *Server) create(resp *response, r *http.Request, d dialect, id string) {
	body, ok := readBody(r)
	if !ok {
		d.writeError(resp, errInvalidJSON)
		return
	}
	if invalid := checkBody(body, id == "", d.acceptsModelInBody()); len(invalid) > 0 {
		d.writeError(resp, validationError(invalid))
		return
	}
	m, apiErr := findModel(body, id)
	if apiErr != nil {
		d.writeError(resp, *apiErr)
		return
	}
	input, _ := body["input"].(map[string]any)
	if invalid := checkInput(m, input); len(invalid) > 0 {
		d.writeError(resp, validationError(invalid))
		return
	}
	deadline, ok := parseCancelAfter(r, s.now())
	if !ok {
		d.writeError(resp, validationError([]invalidField{{"format", "Cancel-After", "Cancel-After must be a duration of at least 5s"}}))
		return
	}
	if wait := s.throttle(); wait > 0 {
		d.writeError(resp, rateLimitError(wait))
		return
	}
	s.acceptCreate(resp, r, d, m, input, deadline)
}

func (s *Server) acceptCreate(resp *response, r *http.Request, d dialect, m model.Model, input map[string]any, deadline time.Time) {
	id := newID()
	rec := record{
		ID: id, Model: m.ID, Version: m.Version, Input: input, Created: s.now().UTC().Truncate(time.Millisecond), Deadline: deadline,
		Plan: newPlan(id, m, input, s.currentBehaviour()),
	}
	if err := s.store.put(rec); err != nil {
		d.writeError(resp, apiError{status: http.StatusInternalServerError, detail: err.Error()})
		return
	}
	status := http.StatusCreated
	if wait, ok := parsePrefer(r); ok {
		resp.header.Set("Preference-Applied", "wait="+strconv.Itoa(int(wait/time.Second)))
		if rec = s.waitFor(r.Context(), rec, wait); !rec.at(s.now()).hasEnded() {
			status = http.StatusAccepted
		}
	}
	d.writeCreated(resp, status, s.prediction(rec, rec.at(s.now()), d, s.origin(r)))
}

func readBody(r *http.Request) (map[string]any, bool) {
	raw, err := io.ReadAll(io.LimitReader(r.Body, maxBody+1))
	if err != nil || len(raw) > maxBody {
		return nil, false
	}
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber()
	var body map[string]any
	return body, dec.Decode(&body) == nil && body != nil && dec.Decode(new(any)) == io.EOF
}

// findModel returns the model of a request. A version may be a hash, owner/name:hash, or
// owner/name.
func findModel(body map[string]any, id string) (model.Model, *apiError) {
	version, _ := body["version"].(string)
	if id == "" && version != "" {
		for _, m := range model.All() {
			if version == versionHash(m) || version == m.ID || version == m.ID+":"+versionHash(m) {
				if m.Version = versionHash(m); version == m.ID {
					m.Version = ""
				}
				return m, nil
			}
		}
		return model.Model{}, &errNoVersion
	}
	if id == "" {
		id, _ = body["model"].(string)
	}
	if m := model.Find(id); m.Known {
		return m, nil
	}
	return model.Model{}, &errNoModel
}

// newID returns 26 random letters and digits, like Replicate's.
func newID() string {
	return strings.ToLower(rand.Text()[:26])
}

var preferPattern = regexp.MustCompile(`^wait(=([1-9]|[1-5][0-9]|60))?$`)

// parsePrefer reads "Prefer: wait" and "Prefer: wait=10". Anything else is ignored, since the
// header is only a preference.
func parsePrefer(r *http.Request) (time.Duration, bool) {
	match := preferPattern.FindStringSubmatch(strings.TrimSpace(r.Header.Get("Prefer")))
	if match == nil {
		return 0, false
	}
	if match[2] == "" {
		return time.Minute, true
	}
	seconds, _ := strconv.Atoi(match[2])
	return time.Duration(seconds) * time.Second, true
}

// waitFor waits until the prediction has ended, at most for limit.
func (s *Server) waitFor(ctx context.Context, r record, limit time.Duration) record {
	until := s.now().Add(limit)
	for {
		now := s.now()
		end := r.Created.Add(r.Plan.Starting + r.Plan.Running)
		if !r.Deadline.IsZero() && r.Deadline.Before(end) || r.Plan.Stuck {
			end = until
		}
		if r.at(now).hasEnded() || !now.Before(until) {
			return r
		}
		s.mu.Lock()
		changed := s.cancelSignal
		s.mu.Unlock()
		timer := time.NewTimer(max(min(end.Sub(now), until.Sub(now)), time.Millisecond))
		select {
		case <-timer.C:
		case <-changed:
		case <-ctx.Done():
			timer.Stop()
			return r
		}
		timer.Stop()
		r, _ = s.store.find(r.ID)
	}
}

// parseCancelAfter reads Cancel-After: 30s, 5m, 1h30m45s, or seconds; at least 5 s. Without the
// header it returns the zero time.
func parseCancelAfter(r *http.Request, now time.Time) (time.Time, bool) {
	text := r.Header.Get("Cancel-After")
	if text == "" {
		return time.Time{}, true
	}
	if _, err := strconv.Atoi(text); err == nil {
		text += "s"
	}
	after, err := time.ParseDuration(text)
	return now.Add(after), err == nil && after >= 5*time.Second
}

// throttle counts a create. It returns 0 if the rate limit allows it, otherwise the seconds until
// it does.
func (s *Server) throttle() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.behaviour.PerMinute <= 0 {
		return 0
	}
	now := s.now()
	s.recentCreates = slices.DeleteFunc(s.recentCreates, func(t time.Time) bool { return now.Sub(t) >= time.Minute })
	if len(s.recentCreates) >= s.behaviour.PerMinute {
		return int((time.Minute - now.Sub(s.recentCreates[0])).Seconds()) + 1
	}
	s.recentCreates = append(s.recentCreates, now)
	return 0
}

func rateLimitError(seconds int) apiError {
	return apiError{
		status: http.StatusTooManyRequests, retryAfter: seconds,
		detail: "Request was throttled. Your rate limit resets in ~" + strconv.Itoa(seconds) + "s.",
	}
}
