package api

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// TestBaseURLWithoutItsEnd: if the base URL lacks the end of the provider's own, an unknown model or address says so.
func TestBaseURLWithoutItsEnd(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ path, body, want string }{
		"a model":          {"", `{"detail":"The requested resource could not be found."}`, "Replicate does not know this model: The requested resource could not be found. Or the base URL is wrong: it should end in /v1. Nothing is billed."},
		"an address":       {"/api", "<title>404</title>", "Check the base URL: it should end in /v1."},
		"with its end":     {"/v1", `{"detail":"No such model."}`, "Replicate does not know this model: No such model. Nothing is billed."},
		"an address there": {"/v1", "<title>404</title>", "Check the base URL. Nothing is billed."},
	} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(http.StatusNotFound)
			_, _ = w.Write([]byte(c.body))
		}))
		t.Cleanup(server.Close)
		_, err := newClient(t, server.URL+c.path).Create(t.Context(), boatRequest)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
}
