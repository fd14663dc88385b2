package demo

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// The official clients of Replicate, as far as a server can tell them apart: what they send, what they follow, and which
// fields, of which types, they insist on (contract §2 and §7; replicate-go 0.26, replicate-javascript 1.4, replicate-python 1.0).

// official is one of them.
type official struct {
	name   string
	scheme string // of the key
	prefer func(wait int) string
	gap    time.Duration // between two polls
	first  bool          // polls at once, before it sleeps
}

var officials = []official{
	{"replicate-go", "Bearer", nil, time.Second, false},
	{"replicate-javascript", "Bearer", blocking, 500 * time.Millisecond, true},
	{"replicate-python", "Bearer", blocking, 500 * time.Millisecond, false},
	{"an old one", "Token", nil, 500 * time.Millisecond, false},
}

// blocking is what a blocking run asks for: "wait", or whole seconds.
func blocking(wait int) string {
	if wait == 0 {
		return "wait"
	}
	return "wait=" + strconv.Itoa(wait)
}

// seen is a prediction in the types that replicate-go and replicate-python declare: another type is an error there.
type seen struct {
	ID          string            `json:"id"`
	Status      string            `json:"status"`
	Model       string            `json:"model"`
	Version     string            `json:"version"`
	Input       map[string]any    `json:"input"`
	Output      any               `json:"output"`
	Source      string            `json:"source"`
	Error       *string           `json:"error"`
	Logs        *string           `json:"logs"`
	Metrics     map[string]any    `json:"metrics"`
	URLs        map[string]string `json:"urls"`
	CreatedAt   time.Time         `json:"created_at"`
	StartedAt   *time.Time        `json:"started_at"`
	CompletedAt *time.Time        `json:"completed_at"`
}

// problem is their error: the status, and the body that they quote.
type problem struct {
	Title  string                                      `json:"title"`
	Detail string                                      `json:"detail"`
	Status int                                         `json:"status"`
	Fields []struct{ Type, Field, Description string } `json:"invalid_fields"`
}

func (p problem) Error() string { return fmt.Sprintf("%d %s: %s", p.Status, p.Title, p.Detail) }

// session is one client at work.
type session struct {
	official
	t    *testing.T
	http *http.Client
	base string
	key  string
}

// fetch sends a request as they do, and reads a JSON answer into the given place.
func (s session) fetch(method, target, body, prefer string, into any) error {
	if !strings.HasPrefix(target, "http") {
		target = s.base + target
	}
	r, err := http.NewRequestWithContext(s.t.Context(), method, target, strings.NewReader(body))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", "application/json")
	if s.key != "" {
		r.Header.Set("Authorization", s.scheme+" "+s.key)
	}
	if prefer != "" {
		r.Header.Set("Prefer", prefer)
	}
	resp, err := s.http.Do(r)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	d := json.NewDecoder(resp.Body)
	if resp.StatusCode < 200 || resp.StatusCode > 299 {
		p := problem{}
		if err := d.Decode(&p); err != nil || p.Status != resp.StatusCode {
			return fmt.Errorf("%s is no problem+json: %w", resp.Status, err)
		}
		return p
	}
	return d.Decode(into)
}

func (s session) create(body, prefer string) (seen, error) {
	var p seen
	err := s.fetch("POST", schnell[len("/v1"):], body, prefer, &p)
	return p, err
}

// wait polls as they do: by the id, until one of the three ends that they know.
func (s session) wait(p seen) (seen, error) {
	ended := []string{"succeeded", "failed", "canceled"}
	for first := s.first; !slices.Contains(ended, p.Status); first = false {
		if !first {
			time.Sleep(s.gap)
		}
		if err := s.fetch("GET", "/predictions/"+p.ID, "", "", &p); err != nil {
			return p, err
		}
	}
	return p, nil
}

// run is their run: it blocks with Prefer where the client knows that, and polls on where the answer is not the end.
func (s session) run(body string, wait int) (seen, error) {
	prefer := ""
	if s.prefer != nil {
		prefer = s.prefer(wait)
	}
	p, err := s.create(body, prefer)
	if err != nil {
		return p, err
	}
	return s.wait(p)
}

func eachOfficial(t *testing.T, k Behaviour, story func(t *testing.T, server *Server, s session)) {
	for _, o := range officials {
		t.Run(o.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				server, c := call(t, k)
				story(t, server, session{o, t, c.http, c.base + "/v1", "CANARY-not-a-key"})
			})
		})
	}
}
