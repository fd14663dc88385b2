package demo_test

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"tintype/api/demo"
	"tintype/api/demo/demotest"
)

// testClient sends requests and decodes answers.
type testClient struct {
	t    *testing.T
	http *http.Client
	base string
}

func newTestServer(t *testing.T, b demo.Behaviour) (*demo.Server, testClient) {
	t.Helper()
	s := demotest.NewServer(t, demo.Options{Behaviour: b})
	return s, newTestClient(t, s)
}

func newTestClient(t *testing.T, s *demo.Server) testClient {
	return testClient{t, &http.Client{Transport: s.Transport()}, demotest.Origin}
}

// do sends a request with a key and returns the answer with its JSON body. A path may be a URL; header holds names and values.
func (c testClient) do(method, path, body string, header ...string) (*http.Response, map[string]any) {
	c.t.Helper()
	if !strings.HasPrefix(path, "http") {
		path = c.base + path
	}
	r, err := http.NewRequestWithContext(c.t.Context(), method, path, strings.NewReader(body))
	if err != nil {
		c.t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer any")
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	resp, err := c.http.Do(r)
	if err != nil {
		c.t.Fatal(method, path, err)
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(resp.Body)
	if err != nil {
		c.t.Fatal(method, path, err)
	}
	var decoded map[string]any
	_ = json.Unmarshal(raw, &decoded)
	return resp, decoded
}

const schnell = "/v1/models/black-forest-labs/flux-schnell/predictions"

func TestPredictionLifecycle(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, c := newTestServer(t, demo.Behaviour{})
		resp, created := c.do("POST", schnell, `{"input":{"prompt":"a paper boat","seed":7,"num_outputs":2,"megapixels":"0.25"}}`)
		if resp.StatusCode != 201 || created["status"] != "starting" || created["output"] != nil || created["logs"] != "" {
			t.Fatalf("%s %v", resp.Status, created)
		}
		id := created["id"].(string)
		if len(id) != 26 {
			t.Errorf("id %q", id)
		}
		time.Sleep(900 * time.Millisecond)
		_, half := c.do("GET", "/v1/predictions/"+id, "")
		logs := half["logs"].(string)
		if half["status"] != "processing" || !strings.HasPrefix(logs, "Using seed: 7\n") || !strings.Contains(logs, "%|") {
			t.Errorf("halfway: %v %q", half["status"], logs)
		}
		time.Sleep(time.Second)
		_, done := c.do("GET", "/v1/predictions/"+id, "")
		logs = done["logs"].(string)
		if done["status"] != "succeeded" || strings.Count(logs, "%|") < 5 || !strings.Contains(logs, "100%|██████████| 4/4 ") {
			t.Errorf("done: %v %q", done["status"], logs)
		}
		outputs := done["output"].([]any)
		if len(outputs) != 2 || !strings.HasSuffix(outputs[1].(string), "/outputs/"+id+"/out-1.webp") {
			t.Fatalf("outputs %v", outputs)
		}
		picture, _ := c.do("GET", outputs[0].(string), "", "Authorization", "")
		if picture.StatusCode != 200 || picture.Header.Get("Content-Type") != "image/webp" {
			t.Errorf("picture: %s %v", picture.Status, picture.Header)
		}
		if got := s.Counts(); got.Posts != 1 || got.Accepted != 1 || got.Gets != 2 || got.Outputs != 1 {
			t.Errorf("counts %+v", got)
		}
		time.Sleep(time.Hour)
		_, old := c.do("GET", "/v1/predictions/"+id, "")
		if old["data_removed"] != true || old["output"] != nil || old["status"] != "succeeded" {
			t.Errorf("after an hour: %v", old)
		}
		expired, _ := c.do("GET", outputs[0].(string), "")
		if expired.StatusCode != 404 {
			t.Errorf("after an hour the picture answers %s", expired.Status)
		}
	})
}

func TestCancelAndDeadline(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, c := newTestServer(t, demo.Behaviour{})
		dev := "/v1/models/black-forest-labs/flux-dev/predictions"
		_, created := c.do("POST", dev, `{"input":{"prompt":"x"}}`)
		time.Sleep(3 * time.Second)
		at := "/v1/predictions/" + created["id"].(string)
		resp, canceled := c.do("POST", at+"/cancel", "")
		if resp.StatusCode != 200 || canceled["status"] != "canceled" || canceled["completed_at"] == nil || canceled["output"] != nil {
			t.Errorf("canceled: %s %v", resp.Status, canceled)
		}
		_, created = c.do("POST", schnell, `{"input":{"prompt":"x"}}`)
		time.Sleep(2 * time.Second)
		_, ended := c.do("POST", "/v1/predictions/"+created["id"].(string)+"/cancel", "")
		if ended["status"] != "succeeded" {
			t.Errorf("a finished prediction became %v", ended["status"])
		}
		_, created = c.do("POST", dev, `{"input":{"prompt":"[stuck]"}}`, "Cancel-After", "30s")
		if created["deadline"] == nil {
			t.Error("no deadline")
		}
		time.Sleep(29 * time.Second)
		if _, p := c.do("GET", "/v1/predictions/"+created["id"].(string), ""); p["status"] != "processing" {
			t.Errorf("before its deadline: %v", p["status"])
		}
		time.Sleep(2 * time.Second)
		if _, p := c.do("GET", "/v1/predictions/"+created["id"].(string), ""); p["status"] != "canceled" {
			t.Errorf("after its deadline: %v", p["status"])
		}
	})
}

func TestPreferWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, c := newTestServer(t, demo.Behaviour{})
		resp, p := c.do("POST", schnell, `{"input":{"prompt":"x"}}`, "Prefer", "wait")
		if resp.StatusCode != 201 || p["status"] != "succeeded" || resp.Header.Get("Preference-Applied") != "wait=60" {
			t.Errorf("%s %v %v", resp.Status, p["status"], resp.Header)
		}
		began := time.Now()
		resp, p = c.do("POST", schnell, `{"input":{"prompt":"[slow]"}}`, "Prefer", "wait=2")
		if resp.StatusCode != 202 || p["status"] != "processing" || time.Since(began) != 2*time.Second {
			t.Errorf("%s %v after %v", resp.Status, p["status"], time.Since(began))
		}
	})
}

func TestCometDialect(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, c := newTestServer(t, demo.Behaviour{})
		resp, created := c.do("POST", "/replicate"+schnell, `{"input":{"prompt":"[fail]"}}`)
		if resp.StatusCode != 200 || created["status"] != "starting" {
			t.Fatalf("%s %v", resp.Status, created)
		}
		if get := created["urls"].(map[string]any)["get"].(string); !strings.HasPrefix(get, "https://api.replicate.com/") {
			t.Errorf("urls.get is %s", get)
		}
		time.Sleep(2 * time.Second)
		_, wrapped := c.do("GET", "/replicate/v1/predictions/"+created["id"].(string), "")
		task := wrapped["data"].(map[string]any)
		inner := task["data"].(map[string]any)
		if wrapped["code"] != "success" || task["status"] != "FAILURE" || inner["status"] != "failed" || !strings.Contains(task["fail_reason"].(string), "(E005)") {
			t.Errorf("envelope %v", wrapped)
		}
		for _, path := range []string{"/replicate/v1/predictions", "/replicate/v1/account"} {
			resp, _ = c.do("GET", path, "")
			if resp.StatusCode != 200 || !strings.HasPrefix(resp.Header.Get("Content-Type"), "text/html") {
				t.Errorf("%s: %s %v", path, resp.Status, resp.Header)
			}
		}
		resp, body := c.do("POST", "/replicate/v1/models/no/such/predictions", `{"input":{"prompt":"x"}}`)
		if e, _ := body["error"].(map[string]any); resp.StatusCode != 503 || e["code"] != "model_not_found" {
			t.Errorf("unknown model: %s %v", resp.Status, body)
		}
		resp, body = c.do("GET", "/replicate/v1/predictions/nosuch", "")
		if resp.StatusCode != 400 || body["code"] != "task_not_exist" {
			t.Errorf("unknown task: %s %v", resp.Status, body)
		}
	})
}

func TestErrorResponses(t *testing.T) {
	_, c := newTestServer(t, demo.Behaviour{})
	for _, row := range []struct {
		path, body string
		status     int
		want       string // the whole answer, as recorded at Replicate
	}{
		{schnell, `{"input":{"prompt":"x","output_format":"gif"}}`, 422, `{"detail":"- input.output_format: output_format must be one of the following: \"webp\", \"jpg\", \"png\"\n","invalid_fields":[{"type":"enum","field":"input.output_format","description":"output_format must be one of the following: \"webp\", \"jpg\", \"png\""}],"status":422,"title":"Input validation failed"}`},
		{schnell, `{"input":{}}`, 422, `{"detail":"- input: prompt is required\n","invalid_fields":[{"type":"required","field":"input","description":"prompt is required"}],"status":422,"title":"Input validation failed"}`},
		{"/v1/predictions", `{"model":"black-forest-labs/flux-schnell","input":{"prompt":"x"}}`, 422, `{"detail":"- version is required\n- Additional property model is not allowed\n","invalid_fields":[{"type":"required","field":"","description":"version is required"},{"type":"additional_property_not_allowed","field":"","description":"Additional property model is not allowed"}],"status":422,"title":"Input validation failed"}`},
		{"/v1/predictions", `{"version":"0123","input":{"prompt":"x"}}`, 422, `{"detail":"The specified version does not exist (or perhaps you don't have permission to use it?)","status":422,"title":"Invalid version or not permitted"}`},
		{"/v1/models/no/such/predictions", `{"input":{"prompt":"x"}}`, 404, `{"detail":"The requested resource could not be found.","status":404}`},
		{schnell, `{"input":{"prompt":"x","num_outputs":9}}`, 422, `{"detail":"- input.num_outputs: Must be less than or equal to 4\n","invalid_fields":[{"type":"number_lte","field":"input.num_outputs","description":"Must be less than or equal to 4"}],"status":422,"title":"Input validation failed"}`},
		{"/v1/models/black-forest-labs/flux-kontext-pro/predictions", `{"input":{"prompt":"x","input_image":"/home/me/boat.png"}}`, 422, `{"detail":"- input.input_image: Does not match format 'uri'\n","invalid_fields":[{"type":"format","field":"input.input_image","description":"Does not match format 'uri'"}],"status":422,"title":"Input validation failed"}`},
		{schnell, `{"input":{"prompt":7}}`, 422, `{"detail":"- input.prompt: Invalid type. Expected: string, given: integer\n","invalid_fields":[{"type":"invalid_type","field":"input.prompt","description":"Invalid type. Expected: string, given: integer"}],"status":422,"title":"Input validation failed"}`},
	} {
		resp, got := c.do("POST", row.path, row.body)
		var want map[string]any
		if err := json.Unmarshal([]byte(row.want), &want); err != nil {
			t.Fatal(err)
		}
		if resp.StatusCode != row.status || !sameJSON(got, want) {
			t.Errorf("%s %s\n got %s %v\nwant %d %v", row.path, row.body, resp.Status, got, row.status, want)
		}
	}
	resp, got := c.do("GET", "/v1/account", "", "Authorization", "")
	if resp.StatusCode != 401 || got["detail"] != "You did not pass a valid authentication token" {
		t.Errorf("without a key: %s %v", resp.Status, got)
	}
}

func sameJSON(a, b any) bool {
	left, _ := json.Marshal(a)
	right, _ := json.Marshal(b)
	return string(left) == string(right)
}

func TestListPages(t *testing.T) {
	s, c := newTestServer(t, demo.Behaviour{})
	for range 230 {
		c.do("POST", schnell, `{"input":{"prompt":"x"}}`)
	}
	seen := map[string]bool{}
	path, pages := "/v1/predictions", 0
	for path != "" {
		_, page := c.do("GET", path, "")
		pages++
		for _, item := range page["results"].([]any) {
			seen[item.(map[string]any)["id"].(string)] = true
		}
		path, _ = page["next"].(string)
	}
	if pages != 3 || len(seen) != 230 || s.Counts().Lists != 3 {
		t.Errorf("%d pages, %d predictions, %+v", pages, len(seen), s.Counts())
	}
}

func TestModelSchema(t *testing.T) {
	_, c := newTestServer(t, demo.Behaviour{})
	_, m := c.do("GET", "/v1/models/black-forest-labs/flux-schnell", "")
	latest := m["latest_version"].(map[string]any)
	schemas := latest["openapi_schema"].(map[string]any)["components"].(map[string]any)["schemas"].(map[string]any)
	ratio := schemas["Input"].(map[string]any)["properties"].(map[string]any)["aspect_ratio"].(map[string]any)
	if ratio["x-order"] != 1.0 || schemas["aspect_ratio"].(map[string]any)["enum"].([]any)[1] != "16:9" {
		t.Errorf("aspect_ratio is %v", ratio)
	}
	resp, created := c.do("POST", "/v1/predictions", `{"version":"`+latest["id"].(string)+`","input":{"prompt":"x"}}`)
	if resp.StatusCode != 201 || created["model"] != "black-forest-labs/flux-schnell" {
		t.Errorf("by version: %s %v", resp.Status, created)
	}
}

func TestConcurrentCreates(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, c := newTestServer(t, demo.Behaviour{})
		for range 50 {
			go func() {
				r, _ := http.NewRequestWithContext(t.Context(), "POST", c.base+schnell, strings.NewReader(`{"input":{"prompt":"x"}}`))
				r.Header.Set("Authorization", "Bearer any")
				if resp, err := c.http.Do(r); err == nil {
					resp.Body.Close()
				}
			}()
		}
		time.Sleep(3 * time.Second)
		_, page := c.do("GET", "/v1/predictions", "")
		for _, item := range page["results"].([]any) {
			if p := item.(map[string]any); p["status"] != "succeeded" {
				t.Errorf("%v is %v", p["id"], p["status"])
			}
		}
		if s.Counts().Accepted != 50 {
			t.Errorf("%+v", s.Counts())
		}
	})
}

func TestListen(t *testing.T) {
	s, err := demo.New(demo.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, addr := range []string{"0.0.0.0:0", ":0", "example.org:80", "nonsense"} {
		if _, err := s.Listen(t.Context(), addr); err == nil {
			t.Errorf("listens on %s", addr)
		}
	}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	base, err := s.Listen(ctx, "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	c := testClient{t, http.DefaultClient, base}
	resp, created := c.do("POST", schnell, `{"input":{"prompt":"x"}}`)
	if resp.StatusCode != 201 || !strings.HasPrefix(created["urls"].(map[string]any)["get"].(string), base+"/v1/predictions/") {
		t.Errorf("%s %v", resp.Status, created)
	}
}
