package api

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// fixtures is the folder of recorded exchanges. It is beside the project, not part of it.
const fixtures = "../../shared/fixtures"

// fixture is one recorded answer.
type fixture struct {
	Status  int               `json:"status"`
	Headers map[string]string `json:"headers"`
	Body    json.RawMessage   `json:"body"`
}

func readFixture(t *testing.T, path string) answer {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var f fixture
	if err := json.Unmarshal(raw, &f); err != nil {
		t.Fatal(err)
	}
	header := http.Header{}
	for name, value := range f.Headers {
		header.Set(name, value)
	}
	return answer{op: opCreate, status: f.Status, header: header, body: f.Body}
}

func TestFixtures(t *testing.T) {
	t.Parallel()
	if _, err := os.Stat(fixtures); err != nil {
		t.Skip("the recorded exchanges are not beside the project")
	}
	c := newMemoryClient(t, nil)
	for name, want := range map[string]struct {
		status  Status
		outputs int
		seed    int64
	}{
		"01-comet-create-flux-schnell-starting":         {Starting, 0, 0},
		"02-gateway-create-flux-schnell-starting":       {Starting, 0, 0},
		"03-gateway-get-flux-schnell-fp8-succeeded":     {Succeeded, 1, 62182},
		"04-replicate-get-flux-bf16-succeeded":          {Succeeded, 1, 33524},
		"05-gateway-get-flux-1.1-pro-succeeded":         {Succeeded, 1, 41298},
		"06-gateway-get-flux-kontext-dev-succeeded":     {Succeeded, 1, 29889},
		"07-replicate-get-flux-kontext-max-failed-E005": {Failed, 0, 1760624081},
		"08-gateway-create-by-body-model-flux-schnell":  {Starting, 0, 0},
		"09-SYNTHETIC-comet-get-wrapped-success":        {Succeeded, 1, 62182},
		"11-SYNTHETIC-comet-get-wrapped-failure":        {Failed, 0, 0},
		"12-SYNTHETIC-get-aborted":                      {Aborted, 0, 0},
	} {
		p, failure := c.readCreated(readFixture(t, filepath.Join(fixtures, "flux", name+".json")))
		if failure != nil {
			t.Errorf("%s: %v", name, failure)
			continue
		}
		if seed, _ := p.Seed(); p.Status != want.status || len(p.Output) != want.outputs || seed != want.seed || !validID(p.ID) || p.Status == Failed && !strings.Contains(p.Error, "E005") {
			t.Errorf("%s: %+v", name, p)
		}
	}
	page, failure := c.readPage(readFixture(t, fixtures+"/flux/14-replicate-list-page.json"))
	if failure != nil || len(page.Predictions) != 1 || page.Next == "" {
		t.Errorf("%+v, %v", page, failure)
	}
}

func TestFixtureErrors(t *testing.T) {
	t.Parallel()
	if _, err := os.Stat(fixtures); err != nil {
		t.Skip("the recorded exchanges are not beside the project")
	}
	c := newMemoryClient(t, nil)
	want := map[string]wantedError{
		"comet-400-no-model": {CodeInvalid, Refused}, "comet-401": {CodeUnauthorized, Refused}, "comet-500-invalid-request": {CodeInvalid, Refused},
		"comet-503-model-not-found": {CodeNotFound, Refused}, "newapi-403-insufficient-quota": {CodeCredit, Refused}, "replicate-401": {CodeUnauthorized, Refused},
		"replicate-402": {CodeCredit, Refused}, "replicate-404-prediction": {CodeNotFound, Refused}, "replicate-404-recorded": {CodeNotFound, Refused},
		"replicate-422-enum": {CodeInvalid, Refused}, "replicate-422-extra-property": {CodeInvalid, Refused}, "replicate-422-required": {CodeInvalid, Refused},
		"replicate-422-version": {CodeInvalid, Refused}, "replicate-429-low-credit": {CodeRate, RateLimited}, "replicate-429": {CodeRate, RateLimited},
	}
	paths, _ := filepath.Glob(fixtures + "/flux/errors/*.json")
	if len(paths) < len(want) {
		t.Errorf("only %d error bodies", len(paths))
	}
	for _, path := range paths {
		name := strings.TrimSuffix(filepath.Base(path), ".json")
		_, e := c.readCreated(readFixture(t, path))
		if e == nil || e.Code != want[name].code || e.Outcome != want[name].verdict {
			t.Errorf("%s: %#v", name, e)
			continue
		}
		checkError(t, e)
	}
}

// TestRecordedConversations replays recorded answers of api.replicate.com.
func TestRecordedConversations(t *testing.T) {
	t.Parallel()
	paths, _ := filepath.Glob(fixtures + "/replicate-python/*.json")
	if len(paths) == 0 {
		t.Skip("the recorded exchanges are not beside the project")
	}
	c := newMemoryClient(t, nil)
	predictions, progress := 0, 0.0
	for _, path := range paths {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		var turns []struct {
			Method, URL string
			Status      int
			Body        string `json:"response_body"`
		}
		if err := json.Unmarshal(raw, &turns); err != nil {
			t.Fatal(err)
		}
		for _, turn := range turns {
			if !strings.Contains(turn.URL, "/predictions") || strings.Contains(turn.URL, "stream") {
				continue
			}
			p, failure := c.readCreated(answer{op: opCreate, status: turn.Status, body: []byte(turn.Body)})
			if (failure == nil) != (turn.Status < 300) {
				t.Errorf("%s: %s %s: %v", filepath.Base(path), turn.Method, turn.URL, failure)
				continue
			}
			if failure != nil {
				continue
			}
			predictions++
			if fraction, known := p.Progress(); known && filepath.Base(path) == "run.json" {
				if fraction < progress {
					t.Errorf("the run went back from %v to %v", progress, fraction)
				}
				progress = fraction
			}
		}
	}
	if predictions < 12 || progress != 1 {
		t.Errorf("%d predictions, the run ended at %v", predictions, progress)
	}
}
