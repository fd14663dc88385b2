package demo_test

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

	"tintype/api/demo"
	"tintype/api/demo/demotest"
)

// clientProfile is an official client of Replicate, as far as a server can tell them apart: what it sends, how it polls, and
// (in the types below) which fields it needs. Read from the sources of replicate-go 0.26, replicate-javascript 1.4 and
// replicate-python 1.0.
type clientProfile struct {
	name       string
	scheme     string // of the Authorization header
	prefer     func(wait int) string
	gap        time.Duration // between two polls
	pollsFirst bool          // polls once before it sleeps
}

var clientProfiles = []clientProfile{
	{"replicate-go", "Bearer", nil, time.Second, false},
	{"replicate-javascript", "Bearer", preferHeader, 500 * time.Millisecond, true},
	{"replicate-python", "Bearer", preferHeader, 500 * time.Millisecond, false},
	{"an old client", "Token", nil, 500 * time.Millisecond, false},
}

// preferHeader is the Prefer header of a blocking run: "wait", or a number of seconds.
func preferHeader(wait int) string {
	if wait == 0 {
		return "wait"
	}
	return "wait=" + strconv.Itoa(wait)
}

// prediction has the types that replicate-go and replicate-python declare; they fail on others.
type prediction struct {
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

// problem is the clients' error: an RFC 9457 body with Replicate's fields.
type problem struct {
	Title  string                                      `json:"title"`
	Detail string                                      `json:"detail"`
	Status int                                         `json:"status"`
	Fields []struct{ Type, Field, Description string } `json:"invalid_fields"`
}

func (p problem) Error() string { return fmt.Sprintf("%d %s: %s", p.Status, p.Title, p.Detail) }

// clientSession is one client that talks to a server.
type clientSession struct {
	clientProfile
	t    *testing.T
	http *http.Client
	base string
	key  string
}

// request sends a request as the client does, and decodes the JSON answer into the given value.
func (s clientSession) request(method, target, body, prefer string, into any) error {
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

func (s clientSession) create(body, prefer string) (prediction, error) {
	var p prediction
	err := s.request("POST", schnell[len("/v1"):], body, prefer, &p)
	return p, err
}

// wait polls as the client does: by ID, until one of the three final states that it knows.
func (s clientSession) wait(p prediction) (prediction, error) {
	ended := []string{"succeeded", "failed", "canceled"}
	for first := s.pollsFirst; !slices.Contains(ended, p.Status); first = false {
		if !first {
			time.Sleep(s.gap)
		}
		if err := s.request("GET", "/predictions/"+p.ID, "", "", &p); err != nil {
			return p, err
		}
	}
	return p, nil
}

// run is the client's run: it blocks with Prefer if the client can, and polls if the answer is not final.
func (s clientSession) run(body string, wait int) (prediction, error) {
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

// forEachClient runs a test with each client against a server of its own.
func forEachClient(t *testing.T, b demo.Behaviour, test func(t *testing.T, server *demo.Server, s clientSession)) {
	for _, o := range clientProfiles {
		t.Run(o.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				server, c := newTestServer(t, b)
				test(t, server, clientSession{o, t, c.http, c.base + "/v1", demotest.Key})
			})
		})
	}
}
