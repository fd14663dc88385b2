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

// maxBody is more than Replicate takes in a body with data: URIs.
const maxBody = 32 << 20

func (s *Server) handleCreateByModel(a *response, r *http.Request, d dialect, args []string) {
	s.create(a, r, d, args[0]+"/"+args[1])
}

func (s *Server) handleCreateByBody(a *response, r *http.Request, d dialect, _ []string) {
	s.create(a, r, d, "")
}

// create accepts a prediction. id is the model that the path names, if it does.
func (s *Server) create(a *response, r *http.Request, d dialect, id string) {
	body, ok := readBody(r)
	if !ok {
		d.writeError(a, errInvalidJSON)
		return
	}
	if bad := checkBody(body, id == "", d.acceptsModelInBody()); len(bad) > 0 {
		d.writeError(a, validationError(bad))
		return
	}
	m, no := s.findModel(body, id)
	if no != nil {
		d.writeError(a, *no)
		return
	}
	input, _ := body["input"].(map[string]any)
	if bad := checkInput(m, input); len(bad) > 0 {
		d.writeError(a, validationError(bad))
		return
	}
	deadline, ok := parseCancelAfter(r, s.now())
	if !ok {
		d.writeError(a, validationError([]invalidField{{"format", "Cancel-After", "Cancel-After must be a duration of at least 5s"}}))
		return
	}
	if wait := s.throttle(); wait > 0 {
		d.writeError(a, rateLimitError(wait))
		return
	}
	s.accept(a, r, d, m, input, deadline)
}

func (s *Server) accept(a *response, r *http.Request, d dialect, m model.Model, input map[string]any, deadline time.Time) {
	id := newID()
	made := record{
		ID: id, Model: m.ID, Input: input, Created: s.now().UTC().Truncate(time.Millisecond), Deadline: deadline,
		Plan: newPlan(id, m, input, s.currentBehaviour()),
	}
	if err := s.store.put(made); err != nil {
		d.writeError(a, apiError{status: http.StatusInternalServerError, detail: err.Error()})
		return
	}
	status := http.StatusCreated
	if wait, asked := parsePrefer(r); asked {
		a.header.Set("Preference-Applied", "wait="+strconv.Itoa(int(wait/time.Second)))
		if made = s.waitFor(r.Context(), made, wait); !made.at(s.now()).hasEnded() {
			status = http.StatusAccepted
		}
	}
	d.writeCreated(a, status, s.prediction(made, made.at(s.now()), d, s.origin(r)))
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

// findModel finds the model that a request means. A version may be a hash,
// owner/name:hash, or owner/name.
func (s *Server) findModel(body map[string]any, id string) (model.Model, *apiError) {
	version, _ := body["version"].(string)
	if id == "" && version != "" {
		for _, m := range model.All() {
			if version == versionHash(m) || version == m.ID || version == m.ID+":"+versionHash(m) {
				return m, nil
			}
		}
		return model.Model{}, &errNoVersion
	}
	if id == "" {
		id, _ = body["model"].(string)
	}
	m := model.Find(id)
	if !m.Known && (!s.currentBehaviour().AnyModel || model.CheckID(id) != nil) {
		return model.Model{}, &errNoModel
	}
	return m, nil
}

// newID is 26 letters and digits, as Replicate's are.
func newID() string {
	return strings.ToLower(rand.Text()[:26])
}

var preferPattern = regexp.MustCompile(`^wait(=([1-9]|[1-5][0-9]|60))?$`)

// parsePrefer reads "Prefer: wait" and "Prefer: wait=10"; anything else does not
// count, as the header is a wish.
func parsePrefer(r *http.Request) (time.Duration, bool) {
	found := preferPattern.FindStringSubmatch(strings.TrimSpace(r.Header.Get("Prefer")))
	if found == nil {
		return 0, false
	}
	if found[2] == "" {
		return time.Minute, true
	}
	seconds, _ := strconv.Atoi(found[2])
	return time.Duration(seconds) * time.Second, true
}

// waitFor waits until the prediction has ended, at most so long.
func (s *Server) waitFor(ctx context.Context, r record, most time.Duration) record {
	until := s.now().Add(most)
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

// parseCancelAfter reads Cancel-After: 30s, 5m, 1h30m45s, or seconds; at least 5 s.
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

// throttle counts a create, and says how many seconds too many there were.
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
