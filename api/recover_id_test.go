package api

import (
	"net/http"
	"strings"
	"testing"
)

func TestRecoverIDAtEveryByte(t *testing.T) {
	t.Parallel()
	late := `{"input":{"id":"wrong","x":[{"id":"wrong"},["id","wrong"]],"task_id":"wrong"},"model":"id","data":{"input":{"id":"wrong"}},"id":"right-one","status":"starting"}`
	for name, body := range map[string]string{
		"first": `{"id":"right-one","input":{"id":"wrong"},"status":"starting"}`,
		"late":  late,
		"task":  `{"code":"success","data":{"id":7,"platform":"x","task_id":"right-one","data":{"id":"inner"}}}`,
	} {
		whole := strings.Index(body, `"right-one"`) + len(`"right-one"`)
		for cut := range len(body) + 1 {
			want := ""
			if cut >= whole {
				want = "right-one"
			}
			if got := recoverID([]byte(body[:cut])); got != want {
				t.Fatalf("%s, cut at %d: %q, not %q", name, cut, got, want)
			}
		}
		if got := recoverID([]byte(body + "trailing \x00 words")); got != "right-one" {
			t.Errorf("%s with a tail: %q", name, got)
		}
	}
}

func TestRecoverIDRefuses(t *testing.T) {
	t.Parallel()
	for _, body := range []string{
		"", "{", `{"id":5}`, `{"id":"a/b"}`, `{"id":"../x"}`, `["id","abc"]`, `[[{"id":"abc"}]]`, `{"results":[{"id":"abc"}]}`,
		`{"ID2":"abc"}`, `<a "id":"abc">`, `{"error":{"id":"abc"}}`, `{"code":"oops","data":"abc"}`, `{"x":"id"}`, `"id"`, `}`, `]`,
	} {
		if got := recoverID([]byte(body)); got != "" {
			t.Errorf("%s: %q", body, got)
		}
	}
}

// TestIDAnywhere: an id is found below the names that wrap a prediction, and in the address of what was made.
func TestIDAnywhere(t *testing.T) {
	t.Parallel()
	for _, body := range []string{
		`{"success":true,"result":{"prediction":{"id":"abc"}}}`, `{"predictionId":"abc"}`, `{"data":{"taskId":"abc"}}`, `{"error":{"message":"x"},"prediction":{"id":"abc"}}`,
		`[{"task":{"id":"abc"}}]`, `{"response":{"urls":{"get":"https://a.example/v1/predictions/abc"}}}`, `{"result":[{"id":"abc"}`,
	} {
		if got := recoverID([]byte(body)); got != "abc" {
			t.Errorf("%s: %q", body, got)
		}
		if !namesID([]byte(body)) {
			t.Errorf("%s: names none", body)
		}
	}
	for location, statuses := range map[string]map[int]string{
		"/v1/predictions/abc":                          {201: "abc", 202: "abc", 303: "abc", 500: "abc", 302: "", 307: "", 308: ""},
		"https://a.example/v1/predictions/abc/?wait=1": {201: "abc", 301: ""},
		"/v1/models/a/b/predictions":                   {201: ""},
		"/v1/predictions/abc/cancel":                   {201: ""},
		"/v1/predictions/a%2Fb":                        {201: ""},
		"/login?next=/v1/predictions/abc":              {200: ""},
	} {
		for status, want := range statuses {
			a := answer{op: opCreate, status: status, header: http.Header{"Location": {location}}}
			if got := a.recoverID(); got != want {
				t.Errorf("%d %s: %q", status, location, got)
			}
		}
	}
	if _, e := newMemoryClient(t, nil).readCreated(answer{op: opCreate, status: 303, header: http.Header{"Location": {"/v1/predictions/abc"}}}); e == nil || e.ID != "abc" {
		t.Errorf("%+v", e)
	}
}

// TestUTF16Answer: an answer in UTF-16 is read by its byte order mark, also if its last byte is missing.
func TestUTF16Answer(t *testing.T) {
	t.Parallel()
	little, big := []byte("\xff\xfe"), []byte("\xfe\xff")
	for _, b := range []byte(`{"id":"right-one","status":"starting"}`) {
		little, big = append(little, b, 0), append(big, 0, b)
	}
	for _, body := range [][]byte{little, big, little[:len(little)-1], []byte("\xef\xbb\xbf" + `{"id":"right-one"}`)} {
		if got := recoverID(inUTF8(body)); got != "right-one" {
			t.Errorf("%.10q: %q", body, got)
		}
	}
}
