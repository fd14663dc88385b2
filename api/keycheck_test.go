package api

import (
	"context"
	"io"
	"net/http"
	"strings"
	"testing"
)

// TestCheckKey: a key is tried with the free request that the provider documents. Only a refusal of the key is one; what leaves it open
// has another code.
func TestCheckKey(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		provider, base, url string
		status              int
		body                string
		want                Code
	}{
		{CometAPI, "", "https://api.cometapi.com/v1/models", 200, `{"object":"list","data":[]}`, ""},
		{CometAPI, "http://127.0.0.1:8101/replicate/v1", "http://127.0.0.1:8101/v1/models", 200, `{}`, ""},
		{CometAPI, "http://127.0.0.1:8101", "http://127.0.0.1:8101/v1/models", 200, `{}`, ""},
		{Replicate, "", "https://api.replicate.com/v1/account", 200, `{"type":"user"}`, ""},
		{Replicate, "", "https://api.replicate.com/v1/account", 401, `{"detail":"Invalid token."}`, CodeUnauthorized},
		{CometAPI, "", "https://api.cometapi.com/v1/models", 401, `{"error":{"message":"Invalid token (request id: 1)"}}`, CodeUnauthorized},
		{CometAPI, "", "https://api.cometapi.com/v1/models", 402, `{"error":{"message":"no credit"}}`, ""},
		{CometAPI, "", "https://api.cometapi.com/v1/models", 200, "<!doctype html><title>Hello</title>", CodeNoSuchRoute},
		{CometAPI, "", "https://api.cometapi.com/v1/models", 301, "", CodeNoSuchRoute},
		{CometAPI, "", "https://api.cometapi.com/v1/models", 503, `{"error":{"message":"busy"}}`, CodeServer},
	} {
		row, _ := FindProvider(c.provider)
		asked := ""
		client, err := New(Options{Provider: row, BaseURL: c.base, Key: NewSecret(canary), Transport: roundTrip(func(r *http.Request) (*http.Response, error) {
			asked = r.Method + " " + r.URL.String()
			if r.Header.Get("Authorization") != "Bearer "+canary {
				t.Errorf("asked with %q", r.Header.Get("Authorization"))
			}
			return &http.Response{StatusCode: c.status, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(c.body))}, nil
		})})
		if err != nil {
			t.Fatal(err)
		}
		err = client.CheckKey(context.Background())
		switch {
		case asked != "GET "+c.url:
			t.Errorf("asked %s, want %s", asked, c.url)
		case c.want == "" && err != nil, c.want != "" && (err == nil || AsError(err).Code != c.want):
			t.Errorf("%s %d %s: %v", c.provider, c.status, c.body, err)
		case err != nil && strings.Contains(err.Error(), canary):
			t.Errorf("the sentence has the key: %v", err)
		}
	}
}
