package api

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

// TestQuietKey lets a server send the key back wherever it can, in every
// spelling, with every status, and looks for it in all that comes out.
func TestQuietKey(t *testing.T) {
	var status int
	var body string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		key := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
		w.Header().Set("Location", "https://evil.example/?key="+key)
		w.Header().Set("X-Request-Id", key)
		w.Header().Set("Retry-After", key)
		w.WriteHeader(status)
		_, _ = io.WriteString(w, strings.ReplaceAll(body, "KEY", key))
	}))
	defer server.Close()
	client := clientFor(t, server.URL)
	bodies := []string{
		`{"detail":"KEY"}`, `{"error":{"message":"Invalid token KEY (request id: KEY)","code":"KEY","type":"KEY"}}`, `<title>KEY</title>`, `KEY`,
		`{"id":"abc","status":"KEY","error":"KEY","logs":"KEY","output":["https://a.example/KEY"],"input":{"prompt":"KEY","KEY":1},"model":"KEY"}`,
		`{"data":{"task_id":"abc","status":"FAILURE","fail_reason":"KEY"}}`, `{"results":[{"id":"abc","logs":"KEY"}],"next":"https://x?cursor=KEY"}`,
		`{"latest_version":{"openapi_schema":{"x":"KEY"}}}`, `{"invalid_fields":[{"type":"KEY","field":"KEY","description":"KEY"}],"detail":"x"}`, `{"id":"KEY`,
		fmt.Sprintf(`{"detail":"%s %s"}`, base64.StdEncoding.EncodeToString([]byte(canary)), url.QueryEscape(canary)),
	}
	var out strings.Builder
	for _, status = range []int{200, 201, 301, 400, 401, 403, 404, 422, 429, 500, 503} {
		for _, body = range bodies {
			created, err := client.Create(t.Context(), boat)
			tell(&out, created, err)
			got, err := client.Get(t.Context(), "abc")
			tell(&out, got, err)
			canceled, err := client.Cancel(t.Context(), "abc")
			tell(&out, canceled, err)
			page, err := client.List(t.Context(), "")
			tell(&out, page, err)
			schema, err := client.Schema(t.Context(), "a/b")
			tell(&out, string(schema), err)
			_, err = client.Download(t.Context(), server.URL, Resume{}, io.Discard)
			tell(&out, nil, err)
		}
	}
	fmt.Fprintf(&out, "%+v %#v", client, client)
	for _, spelling := range []string{canary, fmt.Sprintf("%x", canary), base64.StdEncoding.EncodeToString([]byte(canary))} {
		if i := strings.Index(out.String(), spelling); i >= 0 {
			t.Errorf("the key came out: …%s", out.String()[max(0, i-200):i+60])
		}
	}
}

// tell writes down all that a caller could.
func tell(out io.Writer, value any, err error) {
	encoded, _ := json.Marshal(value)
	_, _ = fmt.Fprintf(out, "%s %+v %#v\n", encoded, value, value)
	if e := AsError(err); e != nil {
		_, _ = fmt.Fprintf(out, "%s %v %+v %#v %v\n", e, err, *e, *e, e.Unwrap())
	}
}
