package api

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
)

// TestEvidence: what an answer holds decides whether a prediction has ended; its status decides only where it is one
// that is known.
func TestEvidence(t *testing.T) {
	t.Parallel()
	const out, end, why = `"output":["https://a.example/0.png"]`, `"completed_at":"2026-03-12T12:00:00Z"`, `"error":"too dark"`
	for _, c := range []struct {
		word, rest string
		want       Status
		kept       string // Prediction.Word
		fault      string
	}{
		{"Ready", out, Succeeded, "Ready", ""},
		{"Ready", end, Succeeded, "Ready", ""},
		{"Ready", end + "," + out, Succeeded, "Ready", ""},
		{"Ready", end + "," + why, Failed, "Ready", "too dark"},
		{"Ready", why, "ready", "Ready", "too dark"},
		{"Ready", `"output":null`, "ready", "Ready", ""},
		{"", out, Succeeded, "", ""},
		{"", end, Succeeded, "", ""},
		{"developing", `"completed_at":"0001-01-01T00:00:00Z"`, "developing", "developing", ""},
		{"processing", `"completed_at":"1970-01-01T00:00:00Z"`, Processing, "", ""},
		{"Content Moderated", end, Failed, "Content Moderated", "Content Moderated"},
		{"Content Moderated", `"output":null`, Failed, "Content Moderated", "Content Moderated"},
		{"Job Blocked", end, Failed, "Job Blocked", "Job Blocked"},
		{"Job Blocked", end + "," + out, Succeeded, "Job Blocked", ""},
		{"processing", out, Processing, "", ""}, // an iterator's output grows
		{"In Progress", out, Processing, "", ""},
		{"processing", out + "," + end, Succeeded, "", ""},
		{"processing", end + "," + why, Failed, "", "too dark"},
		{"starting", end, Succeeded, "", ""},
		{"COMPLETED", out, Succeeded, "", ""},
		{"SUCCEEDED", out, Succeeded, "", ""},
		{"success", out, Succeeded, "", ""},
		{"error", why, Failed, "", "too dark"},
		{"Cancelled", end, Canceled, "", ""},
		{"failed", out, Succeeded, "failed", ""},
		{"failed", out + "," + why, Succeeded, "failed", "too dark"},
		{"Cancelled", out + "," + end, Succeeded, "Cancelled", ""},
		{"failed", `"output":[]`, Failed, "", ""},
		{"Task not found", end, Failed, "Task not found", "Task not found"},
		{"failed", `"message":"the account has no quota"`, Failed, "", "the account has no quota"},
		{"succeeded", `"detail":"flagged as sensitive"`, Succeeded, "", "flagged as sensitive"},
		{"succeeded", `"message":"Generated in 3 s"`, Succeeded, "", ""},
		{"succeeded", why, Succeeded, "", "too dark"},
		{"succeeded", `"output":"I cannot draw that, sorry"`, Succeeded, "", "I cannot draw that, sorry"},
		{"failed", `"output":["no such style here"]`, Failed, "", "no such style here"},
		{"Ready", `"output":"one moment please"`, "ready", "Ready", "one moment please"},
		{"in-queue", `"output":null`, Starting, "", ""},
	} {
		flat := fmt.Sprintf(`{"id":"abc","status":%q,%s}`, c.word, c.rest)
		wrapped := fmt.Sprintf(`{"code":"success","data":{"task_id":"abc","status":%q,"data":{"id":"upstream","status":"",%s}}}`, c.word, c.rest)
		for _, body := range []string{flat, wrapped, "[" + flat + "]"} {
			p, _, ok := parsePrediction([]byte(body))
			if !ok || p.ID != "abc" || p.Status != c.want || p.Word != c.kept || p.Error != c.fault {
				t.Errorf("%s:\n%q, word %q, error %q", body, p.Status, p.Word, p.Error)
			}
		}
	}
}

// TestOutputsElsewhere: pictures are found under the names that gateways use, and addresses of other things are not
// taken for pictures.
func TestOutputsElsewhere(t *testing.T) {
	t.Parallel()
	const url, other = "https://a.example/0.png", "https://a.example/1.png"
	b64 := base64.StdEncoding.EncodeToString(slices.Concat([]byte("\x89PNG\r\n\x1a\n"), make([]byte, 60)))
	picture := "data:image/png;base64," + b64
	quoted := func(s string) string { return fmt.Sprintf("%q", s) }
	for rest, want := range map[string][]string{
		`"output":` + quoted(b64):                                                                      {picture},
		`"output":[` + quoted(b64) + `]`:                                                               {picture},
		`"output":{"b64_json":` + quoted(b64) + `}`:                                                    {picture},
		`"output":[{"b64_json":` + quoted(b64) + `,"revised_prompt":"x"}]`:                             {picture},
		`"output":{"image":` + quoted(b64) + `}`:                                                       {picture},
		`"output":[{"url":null,"b64_json":` + quoted(b64) + `}]`:                                       {picture},
		`"output":[{"url":"` + url + `","b64_json":` + quoted(b64) + `}]`:                              {url},
		`"output":[{"url":"` + url + `","image":"` + url + `","thumbnail":"` + other + `"}]`:           {url},
		`"output":[[["` + url + `"]],{"a":{"b":["` + other + `"]}}]`:                                   {url, other},
		`"output":["/files/0.png",{"url":"/files/1.png"}]`:                                             {"/files/0.png", "/files/1.png"},
		`"output":["` + url + `","` + url + `"]`:                                                       {url, url},
		`"output":[null,"` + url + `",null]`:                                                           {"", url},
		`"output":{"input":{"image":"` + other + `"},"images":["` + url + `"],"logs":"` + other + `"}`: {url},
		`"output":"{\"url\":\"` + url + `\"}"`:                                                         {`{"url":"` + url + `"}`},
		`"output":null,"result_url":"` + url + `"`:                                                     {url},
		`"output":[],"result":{"sample":"` + url + `","prompt":"x"}`:                                   {url},
		`"output":null,"result":{"images":[{"url":"` + url + `"},{"url":"` + other + `"}]}`:            {url, other},
		`"images":[{"url":"` + url + `","content_type":"image/png"}]`:                                  {url},
		`"data":[{"url":"` + url + `"}]`:                                                               {url},
		`"data":[{"b64_json":` + quoted(b64) + `}]`:                                                    {picture},
		`"data":{"outputs":["` + url + `"],"urls":{"get":"` + other + `"}}`:                            {url},
		`"image_url":"` + url + `"`:                                                                    {url},
		`"video":{"url":"` + url + `"}`:                                                                {url},
		`"artifacts":[{"base64":` + quoted(b64) + `,"finishReason":"SUCCESS"}]`:                        {picture},
		`"output":null,"urls":{"get":"` + other + `","web":"` + other + `"},"webhook":"` + other + `"`: nil,
		`"input":{"image":"` + other + `"},"image":"` + other + `"`:                                    nil,
		`"input":{"image":` + quoted(b64) + `},"logs":"see ` + other + `","error":null`:                nil,
		`"output":{"input":"` + other + `"}`:                                                           nil,
		`"output":null,"model":"` + other + `","docs":"` + other + `"`:                                 nil,
	} {
		for _, body := range []string{
			`{"id":"abc","status":"succeeded",` + rest + `}`,
			`{"code":"success","data":{"task_id":"abc","status":"SUCCESS","data":{"id":"u",` + rest + `}}}`,
			`{"code":"success","data":{"task_id":"abc","status":"SUCCESS",` + rest + `}}`,
		} {
			if strings.Contains(rest, `"data":`) && strings.Count(body, `"data":`) == 2 && !strings.Contains(body, `"id":"u"`) && strings.HasPrefix(body, `{"code"`) {
				continue // the task has its own "data"
			}
			p, _, ok := parsePrediction([]byte(body))
			if !ok || !slices.Equal(p.Output, want) {
				t.Errorf("%s:\n%.200q", body, p.Output)
			}
		}
	}
	for body, want := range map[string][]string{
		`{"data":{"task_id":"a","status":"SUCCESS","fail_reason":"` + url + `","data":null}}`:                                {url},
		`{"data":{"task_id":"a","status":"SUCCESS","result_url":"` + url + `","data":{"status":"succeeded","output":null}}}`: {url},
		`{"data":{"task_id":"a","status":"SUCCESS","data":{"data":{"images":["` + url + `"]}}}}`:                             {url},
		`{"data":{"task_id":"a","status":"SUCCESS","data":"{\"images\":[\"` + url + `\"]}"}}`:                                {url},
		`{"data":{"task_id":"a","status":"SUCCESS","data":[{"url":"` + url + `"}]}}`:                                         {url},
		`{"data":{"task_id":"a","status":"FAILURE","fail_reason":"` + url + `"}}`:                                            nil,
		`{"data":{"task_id":"a","status":"IN_PROGRESS","image_url":"` + url + `"}}`:                                          nil,
		`{"id":"a","status":"rendering soon","url":"` + url + `"}`:                                                           nil,
		`{"id":"a","status":"Ready","result":{"sample":"` + url + `"}}`:                                                      {url},
		`{"id":"a","status":"processing","images":["` + url + `"]}`:                                                          nil,
	} {
		if p, _, ok := parsePrediction([]byte(body)); !ok || !slices.Equal(p.Output, want) {
			t.Errorf("%s:\n%q", body, p.Output)
		}
	}
}

// TestResultWithoutID: a finished prediction in the create's answer needs no id; a running one does.
func TestResultWithoutID(t *testing.T) {
	t.Parallel()
	c := newMemoryClient(t, nil)
	const out = `"output":["https://a.example/0.png"]`
	for body, want := range map[string]Status{
		`{"id":null,"status":"succeeded",` + out + `}`:                                  Succeeded,
		`{"id":"","status":"succeeded",` + out + `}`:                                    Succeeded,
		`{"status":"succeeded",` + out + `}`:                                            Succeeded,
		`{` + out + `}`:                                                                 Succeeded,
		`{"status":"failed","error":"no GPU"}`:                                          Failed,
		`{"created":1,"data":[{"url":"https://a.example/0.png"}],"status":"succeeded"}`: Succeeded,
		`{"id":7,"status":"succeeded",` + out + `}`:                                     "",
		`{"status":"processing",` + out + `}`:                                           "",
		`{"status":"succeeded","output":null}`:                                          "",
		`{"error":"no such model"}`:                                                     "",
	} {
		p, e := c.readCreated(answer{op: opCreate, status: 200, header: http.Header{}, body: []byte(body)})
		if want == "" && (e == nil || e.Outcome != OutcomeUnknown) || want != "" && (e != nil || p.Status != want || p.ID != "") {
			t.Errorf("%s: %+v, %v", body, p, e)
		}
	}
}

// TestCancelTaken: a 2xx answer to a cancel is a cancel that was taken, with or without a body.
func TestCancelTaken(t *testing.T) {
	t.Parallel()
	c := newMemoryClient(t, nil)
	for _, body := range []string{"", "OK", "{}", `"accepted"`, `{"success":true}`, `{"id":"abc"}`, `{"code":"success","message":"ok","data":null}`, "null"} {
		for _, status := range []int{200, 202, 204} {
			p, e := c.readPrediction(answer{op: opCancel, status: status, header: http.Header{}, body: []byte(body)}, "abc")
			if e != nil || p.ID != "abc" || p.Status.Ended() {
				t.Errorf("%d %s: %+v, %v", status, body, p, e)
			}
		}
	}
}

// TestProofUnderAnErrorsStatus: a finished prediction counts under any HTTP status, if it is the one that was asked for and
// complete.
func TestProofUnderAnErrorsStatus(t *testing.T) {
	t.Parallel()
	const out, end = `"output":["https://a.example/0.png"]`, `"completed_at":"2026-03-12T12:00:00Z"`
	c := newMemoryClient(t, nil)
	for body, want := range map[string]Status{
		`{"id":"abc","status":"succeeded",` + out + `}`:                                Succeeded,
		`{"id":"abc","status":"failed",` + end + `}`:                                   Failed,
		`{"data":{"task_id":"abc","status":"SUCCESS","data":{"id":"up",` + out + `}}}`: Succeeded,
		`{"id":"other","status":"succeeded",` + out + `}`:                              "",
		`{"status":"succeeded",` + out + `}`:                                           "",
		`{"id":"abc","status":"error","detail":"no"}`:                                  "",
		`{"id":"abc","status":"processing"}`:                                           "",
		`{"detail":"Not found.","status":404}`:                                         "",
	} {
		for _, status := range []int{404, 410, 500, 503} {
			p, e := c.readPrediction(answer{op: opGet, status: status, header: http.Header{}, body: []byte(body)}, "abc")
			if (e == nil) != (want != "") || p.Status != want || e != nil && e.HTTPStatus != status {
				t.Errorf("%d %s: %q, %v", status, body, p.Status, e)
			}
		}
	}
}

func FuzzParsePrediction(f *testing.F) {
	for _, seed := range []string{
		flatBody, `{"data":{"task_id":"a","data":"{\"output\":[{}]}"}}`, `[{"id":"a","output":{"a":[null,""]}}]`, `{"output":[[["x"]]],"data":[]}`,
		`{"status":"Ready","completed_at":1,"result":{"sample":"https://a/b"}}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		p, _, ok := parsePrediction(body)
		if !ok {
			return
		}
		if len(p.Output) > outputsLimit || len(p.Output) > 0 && !slices.ContainsFunc(p.Output, func(s string) bool { return s != "" }) {
			t.Fatalf("outputs %q", p.Output)
		}
		if len(p.Word) > wordLimit || len(p.Error) > sentenceLimit || p.Status == Succeeded && p.Word != "" && len(p.Output) == 0 && p.CompletedAt.IsZero() {
			t.Fatalf("%+v", p)
		}
	})
}

// TestReadableJSON: a result in what is not quite JSON is read; half of one is not.
func TestReadableJSON(t *testing.T) {
	t.Parallel()
	const rest = `"status":"succeeded","output":["https://a.example/0.png"]`
	for _, body := range []string{
		`{"id":"abc","metrics":{"predict_time":NaN,"a":-Infinity,"b":Infinity},` + rest + `}`,
		"{\"id\":\"abc\",\"logs\":\"one\ntwo\t\x01three\"," + rest + "}",
		`{"id":"abc",` + rest + `}{"id":"other"}`,
		`{"id":"abc",` + rest + `} and more`,
		`)]}'` + "\n" + `{"id":"abc",` + rest + `}`,
		`callback({"id":"abc",` + rest + `});`,
		`[{"id":"abc","x":NaN,` + rest + `}]`,
		`{"id":"abc","logs":"NaN \"NaN\" \\",` + rest + `}`,
	} {
		p, _, ok := parsePrediction([]byte(body))
		if !ok || p.ID != "abc" || p.Status != Succeeded || len(p.Output) != 1 {
			t.Errorf("%s: %v, %+v", body, ok, p)
		}
		if body[0] != '{' || body[len(body)-1] != '}' {
			continue
		}
		for cut := range len(body) - 1 {
			if half, _, ok := parsePrediction([]byte(body[:cut])); ok && len(half.Output) != 1 {
				t.Fatalf("cut at %d: %+v", cut, half)
			}
		}
	}
	if p, _, _ := parsePrediction([]byte(`{"id":"abc","logs":"NaN \"NaN\" \\","status":"x"}`)); p.Logs != `NaN "NaN" \` {
		t.Errorf("%q", p.Logs)
	}
}
