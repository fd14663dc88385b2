package demo_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"tintype/api/demo"
)

func TestOfficialClientsRun(t *testing.T) {
	progress := regexp.MustCompile(`(?m)^\s*(\d+)%\s*\|.+?\|\s*(\d+)/(\d+)`) // the same pattern in all three clients
	forEachClient(t, demo.Behaviour{}, func(t *testing.T, _ *demo.Server, s clientSession) {
		p, err := s.create(`{"input":{"prompt":"a boat"}}`, "")
		if err != nil || p.Status != "starting" || p.Model != "black-forest-labs/flux-schnell" || p.Version == "" || p.Source != "api" || p.CreatedAt.IsZero() {
			t.Fatalf("%+v, %v", p, err)
		}
		if p, err = s.wait(p); err != nil || p.Status != "succeeded" || p.CompletedAt == nil || p.StartedAt == nil || p.Error != nil {
			t.Fatalf("%+v, %v", p, err)
		}
		if _, ok := p.Metrics["predict_time"].(float64); !ok || p.URLs["get"] == "" || p.URLs["cancel"] == "" {
			t.Errorf("metrics %v, urls %v", p.Metrics, p.URLs)
		}
		lines := progress.FindAllStringSubmatch(*p.Logs, -1)
		if n := len(lines); n < 5 || lines[n-1][1] != "100" || lines[n-1][2] != lines[n-1][3] {
			t.Errorf("logs %q", *p.Logs)
		}
		for _, wait := range []int{0, 1, 60} {
			p, err := s.run(`{"input":{"prompt":"a boat","num_outputs":2},"webhook":"https://example.com/hook","webhook_events_filter":["completed"]}`, wait)
			if urls, ok := p.Output.([]any); err != nil || !ok || len(urls) != 2 || p.Status != "succeeded" {
				t.Errorf("run, wait %d: %+v, %v", wait, p, err)
			}
		}
		if p, err = s.run(`{"input":{"prompt":"[fail]"}}`, 0); err != nil || p.Status != "failed" || p.Error == nil || !strings.Contains(*p.Error, "E005") {
			t.Errorf("a failure: %+v, %v", p, err)
		}
	})
}

// TestBlockingCreateTimesOut: the answer says "processing", and the clients poll on.
func TestBlockingCreateTimesOut(t *testing.T) {
	forEachClient(t, demo.Behaviour{}, func(t *testing.T, _ *demo.Server, s clientSession) {
		if s.prefer == nil {
			t.Skip("this client never blocks")
		}
		began := time.Now()
		p, err := s.create(`{"input":{"prompt":"[slow]"}}`, s.prefer(2))
		if took := time.Since(began); err != nil || p.Status != "processing" || p.Output != nil || took != 2*time.Second {
			t.Errorf("%+v after %v, %v", p, took, err)
		}
		if p, err = s.wait(p); err != nil || p.Status != "succeeded" {
			t.Errorf("%+v, %v", p, err)
		}
	})
}

func TestOfficialClientsCancel(t *testing.T) {
	forEachClient(t, demo.Behaviour{}, func(t *testing.T, _ *demo.Server, s clientSession) {
		p, err := s.create(`{"input":{"prompt":"[slow]"}}`, "")
		if err != nil {
			t.Fatal(err)
		}
		var stopped prediction
		if err := s.request("POST", "/predictions/"+p.ID+"/cancel", "", "", &stopped); err != nil || stopped.Status != "canceled" || stopped.CompletedAt == nil {
			t.Errorf("%+v, %v", stopped, err)
		}
		if p, err = s.wait(p); err != nil || p.Status != "canceled" || p.Output != nil {
			t.Errorf("%+v, %v", p, err)
		}
	})
}

func TestOfficialClientsPaginate(t *testing.T) {
	forEachClient(t, demo.Behaviour{}, func(t *testing.T, _ *demo.Server, s clientSession) {
		for range 250 {
			if _, err := s.create(`{"input":{"prompt":"x"}}`, ""); err != nil {
				t.Fatal(err)
			}
		}
		ids, sizes := map[string]bool{}, []int{}
		for next := "/predictions"; next != ""; { // all clients follow next unchanged
			var page struct {
				Previous, Next *string
				Results        []prediction
			}
			if err := s.request("GET", next, "", "", &page); err != nil {
				t.Fatal(err)
			}
			sizes = append(sizes, len(page.Results))
			for _, p := range page.Results {
				ids[p.ID] = true
			}
			if next = ""; page.Next != nil {
				next = *page.Next
			}
		}
		if !slices.Equal(sizes, []int{100, 100, 50}) || len(ids) != 250 {
			t.Errorf("pages of %v, %d predictions", sizes, len(ids))
		}
	})
}

func TestOfficialClientsReadModels(t *testing.T) {
	forEachClient(t, demo.Behaviour{}, func(t *testing.T, _ *demo.Server, s clientSession) {
		// replicate-python needs these fields of a model and of a version.
		var m struct {
			URL, Owner, Name, Visibility *string
			RunCount                     *int `json:"run_count"`
			Latest                       *struct {
				ID        string
				CreatedAt time.Time `json:"created_at"`
				Cog       *string   `json:"cog_version"`
				Schema    struct {
					Components struct {
						Schemas map[string]struct {
							Type       string
							Properties map[string]map[string]any
							Enum       []any
						}
					}
				} `json:"openapi_schema"`
			} `json:"latest_version"`
		}
		if err := s.request("GET", "/models/black-forest-labs/flux-schnell", "", "", &m); err != nil {
			t.Fatal(err)
		}
		if m.URL == nil || m.Visibility == nil || m.RunCount == nil || m.Latest == nil || m.Latest.Cog == nil || m.Latest.CreatedAt.IsZero() || *m.Owner+"/"+*m.Name != "black-forest-labs/flux-schnell" {
			t.Fatalf("%+v", m)
		}
		schemas := m.Latest.Schema.Components.Schemas
		if schemas["Input"].Properties["prompt"]["type"] != "string" || schemas["Output"].Type != "array" || len(schemas["aspect_ratio"].Enum) != 11 {
			t.Errorf("%+v", schemas)
		}
		var p prediction
		body := `{"version":"` + m.Latest.ID + `","input":{"prompt":"x"}}`
		if err := s.request("POST", "/predictions", body, "", &p); err != nil || p.Model != "black-forest-labs/flux-schnell" {
			t.Errorf("by version: %+v, %v", p, err)
		}
		var versions struct{ Results []struct{ ID string } }
		if err := s.request("GET", "/models/black-forest-labs/flux-schnell/versions", "", "", &versions); err != nil || versions.Results[0].ID != m.Latest.ID {
			t.Errorf("versions: %+v, %v", versions, err)
		}
		var account struct{ Type, Username string }
		if err := s.request("GET", "/account", "", "", &account); err != nil || account.Type == "" || account.Username == "" {
			t.Errorf("account: %+v, %v", account, err)
		}
	})
}

func TestOfficialClientsGetErrors(t *testing.T) {
	forEachClient(t, demo.Behaviour{}, func(t *testing.T, server *demo.Server, s clientSession) {
		for _, row := range []struct {
			name, method, path, body string
			keyless                  bool
			status                   int
			field                    string
		}{
			{"no key", "GET", "/predictions", "", true, 401, ""},
			{"no key, no purchase", "POST", "/models/black-forest-labs/flux-schnell/predictions", `{"input":{"prompt":"x"}}`, true, 401, ""},
			{"no such prediction", "GET", "/predictions/nosuch", "", false, 404, ""},
			{"no such model", "POST", "/models/no/such/predictions", `{"input":{"prompt":"x"}}`, false, 404, ""},
			{"no such model's page", "GET", "/models/no/such", "", false, 404, ""},
			{"a wrong choice", "POST", "/models/black-forest-labs/flux-schnell/predictions", `{"input":{"prompt":"x","aspect_ratio":"7:7"}}`, false, 422, "input.aspect_ratio"},
			{"no prompt", "POST", "/models/black-forest-labs/flux-schnell/predictions", `{"input":{}}`, false, 422, "input"},
		} {
			as := s
			if row.keyless {
				as.key = ""
			}
			var p problem
			if err := as.request(row.method, row.path, row.body, "", &prediction{}); !errors.As(err, &p) || p.Status != row.status || p.Detail == "" {
				t.Errorf("%s: %v", row.name, err)
			}
			if row.field != "" && (len(p.Fields) != 1 || p.Fields[0].Field != row.field) {
				t.Errorf("%s: %+v", row.name, p.Fields)
			}
		}
		if n := server.Counts().Accepted; n != 0 {
			t.Errorf("%d were accepted", n)
		}
	})
}

// TestOfficialClientsAreRateLimited: all but replicate-python repeat a create after a 429; it is accepted once.
func TestOfficialClientsAreRateLimited(t *testing.T) {
	forEachClient(t, demo.Behaviour{PerMinute: 1}, func(t *testing.T, server *demo.Server, s clientSession) {
		if _, err := s.create(`{"input":{"prompt":"x"}}`, ""); err != nil {
			t.Fatal(err)
		}
		for tries := range 5 { // 0.5 s · 2ⁿ
			var refused problem
			_, err := s.create(`{"input":{"prompt":"x"}}`, "")
			if !errors.As(err, &refused) || refused.Status != http.StatusTooManyRequests {
				t.Fatalf("try %d: %v", tries, err)
			}
			time.Sleep(500 * time.Millisecond << tries)
		}
		time.Sleep(time.Minute)
		if _, err := s.create(`{"input":{"prompt":"x"}}`, ""); err != nil || server.Counts().Accepted != 2 {
			t.Errorf("%v, %+v", err, server.Counts())
		}
	})
}

func TestOfficialClientsRunConcurrently(t *testing.T) {
	forEachClient(t, demo.Behaviour{}, func(t *testing.T, server *demo.Server, s clientSession) {
		var running sync.WaitGroup
		for i := range 50 {
			running.Go(func() {
				if p, err := s.run(fmt.Sprintf(`{"input":{"prompt":"a boat %d"}}`, i), 0); err != nil || p.Status != "succeeded" {
					t.Errorf("%+v, %v", p, err)
				}
			})
		}
		running.Wait()
		if n := server.Counts().Accepted; n != 50 {
			t.Errorf("%d were accepted", n)
		}
	})
}

// TestDisconnectFromBlockingCreate: a client that disconnects while it waits has still created a prediction.
func TestDisconnectFromBlockingCreate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server, c := newTestServer(t, demo.Behaviour{})
		ctx, leave := context.WithTimeout(t.Context(), time.Second)
		defer leave()
		r, err := http.NewRequestWithContext(ctx, "POST", c.base+schnell, strings.NewReader(`{"input":{"prompt":"[slow]"}}`))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Authorization", "Bearer any")
		r.Header.Set("Prefer", "wait")
		if resp, err := c.http.Do(r); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%v, %v", resp, err)
		}
		synctest.Wait()
		if server.Counts().Accepted != 1 {
			t.Errorf("%+v", server.Counts())
		}
	})
}
