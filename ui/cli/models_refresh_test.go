package cli_test

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"tintype/api/model"
)

// TestModelsRefresh: CometAPI's public list is read without the key, kept, used from then on by every command, and what has changed is
// said. A list that cannot be read changes nothing. It is not parallel, since prices are those of the entire program.
func TestModelsRefresh(t *testing.T) {
	t.Cleanup(func() { model.Publish(nil) })
	var body atomic.Value
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/api/models" || r.Header.Get("Authorization") != "" {
			t.Errorf("%s is asked, with the authorization %q", r.URL.Path, r.Header.Get("Authorization"))
		}
		_, _ = w.Write([]byte(body.Load().(string)))
	}))
	defer server.Close()
	s := newCommandLine(t, t.TempDir())
	s.env["XDG_CACHE_HOME"] = filepath.Join(s.home, "cache")
	tintype := func(want int, args ...string) (out, said string) {
		t.Helper()
		code, o, e := s.run("", append(args, "--base-url", server.URL+"/replicate/v1")...)
		if code != want {
			t.Errorf("%q exits with %d, want %d: %s%s", args, code, want, o, e)
		}
		return string(o), string(e)
	}

	body.Store(`{"success":true,"data":[{"id":"gpt-image-2","pricing":{"per_request":null}},` +
		`{"id":"black-forest-labs/FLUX-schnell","pricing":{"per_request":0.005,"ratio":0.8}},{"id":"flux-dev","pricing":{"per_request":0.021}},` +
		`{"id":"flux-pro","pricing":{"per_request":-1}},{"id":"someone/else","pricing":{"per_request":1}}]}`)
	out, said := tintype(0, "models", "--refresh")
	if !strings.Contains(out, "guess $0.0024 → about $0.004") || !strings.Contains(out, "guess $0.02 → about $0.021") || strings.Contains(out, "flux-pro ") {
		t.Errorf("changed: %s", out)
	}
	if !strings.Contains(said, "CometAPI lists 5 models, 2 of them in the catalogue with a price per request.") {
		t.Errorf("it says %s", said)
	}
	if out, _ = tintype(0, "models", "flux-schnell"); !strings.Contains(out, "about $0.004") {
		t.Errorf("afterwards: %s", out)
	}
	model.Publish(nil) // as in another program
	if out, _ = tintype(0, "models", "flux-schnell", "--json"); !strings.Contains(out, "/api/models") {
		t.Errorf("--json does not name the list: %s", out)
	}
	if out, said = tintype(0, "models", "--refresh"); out != "" || !strings.Contains(said, "no price has changed") {
		t.Errorf("a second time: %s%s", out, said)
	}

	for _, bad := range []string{`<html>`, `{"success":false}`, `{"data":[]}`, `[]`, ``} {
		body.Store(bad)
		if _, said := tintype(1, "models", "--refresh"); !strings.Contains(said, "CometAPI") {
			t.Errorf("%s: %s", bad, said)
		}
	}
	if out, _ = tintype(0, "models", "flux-schnell"); !strings.Contains(out, "about $0.004") {
		t.Errorf("after a failure: %s", out)
	}

	file := filepath.Join(s.home, "cache", "tintype", "prices-cometapi.json")
	if err := os.WriteFile(file, []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	model.Publish(nil)
	if out, said = tintype(0, "models", "flux-schnell"); !strings.Contains(out, "guess $0.0024") || !strings.Contains(said, "models --refresh") {
		t.Errorf("with a damaged copy: %s%s", out, said)
	}
	if _, said := tintype(2, "models", "--refresh", "--provider", "replicate"); !strings.Contains(said, "publishes no list") {
		t.Errorf("at Replicate: %s", said)
	}
	if _, said := tintype(2, "models", "--refresh", "--demo"); !strings.Contains(said, "bills nothing") {
		t.Errorf("in the demo: %s", said)
	}
}
