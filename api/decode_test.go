package api

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

const flatBody = `{"id":"ctdwaehfz1rm80cmd5nsjd8114","model":"black-forest-labs/flux-schnell","version":"hidden",
"input":{"id":"not-this-one","prompt":"A boat","seed":7,"big":9007199254740993,"num_inference_steps":4},
"logs":"Using seed: 62182\n 75%|███▌  | 3/4 [00:00<00:00, 15.38it/s]\n","output":["https://replicate.delivery/xezq/a/out-0.webp"],
"data_removed":false,"error":null,"status":"succeeded","created_at":"2025-01-15T10:03:39.896Z",
"started_at":"2025-01-15T10:03:40.584470194Z","completed_at":"2025-01-15T10:03:41Z",
"urls":{"get":"https://evil.example/get","cancel":"https://evil.example/cancel"},"metrics":{"predict_time":0.55,"image_count":1,"note":"x","none":null}}`

func TestParseFlat(t *testing.T) {
	t.Parallel()
	p, wrapped, ok := parsePrediction([]byte(flatBody))
	if !ok || wrapped {
		t.Fatalf("ok %v, wrapped %v", ok, wrapped)
	}
	want := Prediction{
		ID: "ctdwaehfz1rm80cmd5nsjd8114", Model: "black-forest-labs/flux-schnell", Version: "hidden", Status: Succeeded,
		Input: map[string]any{
			"id": "not-this-one", "prompt": "A boat", "seed": 7.0,
			"big": json.Number("9007199254740993"), "num_inference_steps": 4.0,
		},
		Output:      []string{"https://replicate.delivery/xezq/a/out-0.webp"},
		Logs:        "Using seed: 62182\n 75%|███▌  | 3/4 [00:00<00:00, 15.38it/s]\n",
		Metrics:     map[string]float64{"predict_time": 0.55, "image_count": 1},
		CreatedAt:   time.Date(2025, 1, 15, 10, 3, 39, 896e6, time.UTC),
		StartedAt:   time.Date(2025, 1, 15, 10, 3, 40, 584470194, time.UTC),
		CompletedAt: time.Date(2025, 1, 15, 10, 3, 41, 0, time.UTC),
	}
	if !reflect.DeepEqual(p, want) {
		t.Errorf("got  %+v\nwant %+v", p, want)
	}
}

func TestParseEnvelope(t *testing.T) {
	t.Parallel()
	inner := func(status string) string {
		return `{"id":"upstream","status":"` + status + `","output":["https://a.example/0.png"],"logs":"x"}`
	}
	for name, test := range map[string]struct {
		body   string
		ok     bool
		status Status
		fault  string
		output int
		id     string
	}{
		"success":              {`{"code":"success","data":{"id":1,"task_id":"t1","status":"SUCCESS","data":` + inner("succeeded") + `}}`, true, Succeeded, "", 1, "t1"},
		"failure, no inside":   {`{"code":"success","data":{"task_id":"t1","status":"FAILURE","fail_reason":"flagged (E005)","data":null}}`, true, Failed, "flagged (E005)", 0, "t1"},
		"failure outside":      {`{"code":"success","data":{"task_id":"t1","status":"FAILURE","fail_reason":"no","data":` + inner("processing") + `}}`, true, Succeeded, "no", 1, "t1"},
		"a gateway's wrapper":  {`{"success":true,"prediction":` + inner("succeeded") + `}`, true, Succeeded, "", 1, "upstream"},
		"wrapped, running":     {`{"status":"","result":{"prediction":{"id":"p1","status":"processing","output":null}}}`, true, Processing, "", 0, "p1"},
		"wrapped, no word":     {`{"code":0,"msg":"ok","task":{"task_id":"p1","output":"https://a.example/0.png"}}`, true, Succeeded, "", 1, ""},
		"a result by itself":   {`{"id":"p1","status":"Ready","result":{"id":"u","sample":"https://a.example/0.png"}}`, true, Succeeded, "", 1, "p1"},
		"data around a result": {`{"data":{"result":` + inner("succeeded") + `}}`, true, Succeeded, "", 1, "upstream"},
		"wrapped too deep":     {`{"result":{"result":{"result":{"result":{"result":{"id":"p1"}}}}}}`, false, "", "", 0, ""},
		"address with blanks":  {`{"id":"p1","status":"succeeded","output":" https://a.example/0.png\n"}`, true, Succeeded, "", 1, "p1"},
		"in progress outside":  {`{"data":{"task_id":"t1","status":"IN_PROGRESS","progress":"42%","data":` + inner("starting") + `}}`, true, Processing, "", 1, "t1"},
		"not started":          {`{"data":{"task_id":"t1","status":"NOT_START"}}`, true, Starting, "", 0, "t1"},
		"submitted":            {`{"data":{"task_id":"t1","status":"SUBMITTED"}}`, true, Starting, "", 0, "t1"},
		"queued":               {`{"data":{"task_id":"t1","status":"QUEUED"}}`, true, Starting, "", 0, "t1"},
		"unknown outside":      {`{"data":{"task_id":"t1","status":"UNKNOWN","data":` + inner("succeeded") + `}}`, true, Succeeded, "", 1, "t1"},
		"inside as a text":     {`{"data":{"task_id":"t1","status":"SUCCESS","data":"{\"output\":\"https://a.example/0.png\"}"}}`, true, Succeeded, "", 1, "t1"},
		"output as a string":   {`{"data":{"status":"SUCCESS","data":{"id":"u","output":"https://a.example/0.png"}}}`, true, Succeeded, "", 1, "u"},
		"submitted id":         {`{"code":"success","message":"","data":"task_abc"}`, true, Starting, "", 0, "task_abc"},
		"task error":           {`{"code":"task_not_exist","message":"no","data":null}`, false, "", "", 0, ""},
		"error with a text":    {`{"code":"oops","message":"no","data":"hello"}`, false, "", "", 0, ""},
		"an array":             {`{"code":"success","data":[1]}`, false, "", "", 0, ""},
	} {
		p, _, ok := parsePrediction([]byte(test.body))
		if ok != test.ok {
			t.Errorf("%s: ok %v", name, ok)
			continue
		}
		if ok && (p.Status != test.status || p.Error != test.fault || len(p.Output) != test.output || p.ID != test.id) {
			t.Errorf("%s: %+v", name, p)
		}
		if len(p.Output) > 0 && p.Output[0] != "https://a.example/0.png" {
			t.Errorf("%s: %q", name, p.Output)
		}
	}
}

func TestEnvelopeTimesAndProgress(t *testing.T) {
	t.Parallel()
	p, _, _ := parsePrediction([]byte(`{"data":{"task_id":"t1","status":"IN_PROGRESS","progress":"42%","submit_time":1736935419,"start_time":1736935420,"finish_time":0}}`))
	if p.CreatedAt.Unix() != 1736935419 || p.StartedAt.Unix() != 1736935420 || !p.CompletedAt.IsZero() {
		t.Errorf("%+v", p)
	}
	if fraction, known := p.Progress(); !known || fraction != 0.42 {
		t.Errorf("%v, %v", fraction, known)
	}
}

func TestStatus(t *testing.T) {
	t.Parallel()
	for word, want := range map[string]struct {
		status Status
		ended  bool
	}{
		"starting": {Starting, false}, "processing": {Processing, false}, "succeeded": {Succeeded, true}, "failed": {Failed, true},
		"canceled": {Canceled, true}, "aborted": {Aborted, true}, "cancelled": {Canceled, true}, "completed": {Succeeded, true},
		"success": {Succeeded, true}, "SUCCESS": {Succeeded, true}, "error": {Failed, true}, "FAILURE": {Failed, true},
		"queued": {Starting, false}, "": {"", false}, "booting": {"booting", false}, " Succeeded ": {Succeeded, true},
	} {
		if got := readStatus(word); got != want.status || got.Ended() != want.ended || Status(word).Ended() != want.ended {
			t.Errorf("%q: %q, ended %v", word, got, got.Ended())
		}
	}
}

func TestOutputShapes(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string][]string{
		`null`: nil, ``: nil, `[]`: nil, `""`: nil, `7`: nil, `{}`: nil,
		`"https://a.example/0.png"`:                                    {"https://a.example/0.png"},
		`"data:image/png;base64,AA=="`:                                 {"data:image/png;base64,AA=="},
		`["https://a.example/0.png",null,"","https://a.example/2"]`:    {"https://a.example/0.png", "", "", "https://a.example/2"},
		`[{"url":"https://a.example/0.png","name":"x"}]`:               {"https://a.example/0.png"},
		`{"images":["https://a.example/0","https://a.example/1"]}`:     {"https://a.example/0", "https://a.example/1"},
		`{"status":"ok","image":"https://a.example/0","text":"words"}`: {"https://a.example/0"},
	} {
		if got := readOutput(json.RawMessage(raw)); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %q", raw, got)
		}
	}
	many := `["` + strings.Repeat(`https://a.example/x","`, 500) + `"]`
	if got := readOutput(json.RawMessage(many)); len(got) != outputsLimit {
		t.Errorf("%d outputs", len(got))
	}
	long, data := "https://a.example/"+strings.Repeat("x", addressesLimit-20), "Data:,"+strings.Repeat("x", 2*addressesLimit)
	if got := limitAddresses([]string{data, long, "12", data, "3", ""}); !reflect.DeepEqual(got, []string{data, long, "12", data}) {
		t.Errorf("%d outputs are left", len(got))
	}
}

func TestTimes(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]string{
		`"2025-01-15T10:03:39Z"`:           "2025-01-15T10:03:39Z",
		`"2025-01-15T10:03:39.0Z"`:         "2025-01-15T10:03:39Z",
		`"2025-01-15T10:03:01.04Z"`:        "2025-01-15T10:03:01.04Z",
		`"2025-01-15T10:03:39.896Z"`:       "2025-01-15T10:03:39.896Z",
		`"2024-09-10T12:37:29.087400Z"`:    "2024-09-10T12:37:29.0874Z",
		`"2025-01-15T10:03:41.142386377Z"`: "2025-01-15T10:03:41.142386377Z",
		`"2025-01-15T12:03:39+02:00"`:      "2025-01-15T10:03:39Z",
		`"2025-01-15T10:03:39.5"`:          "2025-01-15T10:03:39.5Z",
		`"2025-01-15 10:03:39"`:            "2025-01-15T10:03:39Z",
		`1736935419`:                       "2025-01-15T10:03:39Z",
		`null`:                             "", `"yesterday"`: "", `0`: "", `1`: "", `"1970-01-01T00:00:00Z"`: "", `"1970-01-01 01:00:00"`: "", `"0001-01-01T00:00:00Z"`: "", `-5`: "", `99999999999999`: "", `{}`: "", ``: "",
	} {
		got := ""
		if at := readTime(json.RawMessage(raw)); !at.IsZero() {
			got = at.Format(time.RFC3339Nano)
		}
		if got != want {
			t.Errorf("%s: %s, not %s", raw, got, want)
		}
	}
}

func TestUnexpectedFields(t *testing.T) {
	t.Parallel()
	p, _, ok := parsePrediction([]byte(`{"id":"a","id":"abc","status":null,"error":{"detail":"why"},"logs":["one","two"],"output":5,"metrics":[],"input":"x","created_at":5.5,"model":7}`))
	if !ok || p.ID != "abc" || p.Status != "" || p.Status.Ended() || p.Error != "why" || p.Logs != "one\ntwo" || p.Output != nil || p.Metrics != nil || p.Input != nil || p.Model != "" {
		t.Errorf("%v %+v", ok, p)
	}
	for raw, want := range map[string]string{`null`: "", `""`: "", `"x"`: "x", `{}`: "", `{"message":"m"}`: "m", `["a"]`: "a", `[7]`: "[7]", `false`: "", `7`: "7"} {
		if got := readSentence(json.RawMessage(raw)); got != want {
			t.Errorf("%s: %q", raw, got)
		}
	}
}

func TestLogsKeepTheirEnd(t *testing.T) {
	t.Parallel()
	logs, _ := json.Marshal(strings.Repeat("line é\n", 100_000) + "100%|██| 4/4 [x]\n")
	got := readLogs(logs)
	if len(got) > logsLimit || !strings.HasSuffix(got, "4/4 [x]\n") || !strings.HasPrefix(got, "line é\n") || !utf8.ValidString(got) {
		t.Errorf("%d bytes, begins %q", len(got), got[:20])
	}
}

func TestNotPredictions(t *testing.T) {
	t.Parallel()
	for _, body := range []string{
		"", " ", "null", "[]", `"x"`, "7", "{}", `{"detail":"no"}`, `<html><title>x</title>`, flatBody[:200], flatBody[:len(flatBody)-1],
		strings.Repeat(`{"a":`, 20_000), `{"id":"a","input":{` + strings.Repeat(`"k":1,`, 100_000) + `"k":1}}`,
	} {
		if p, _, ok := parsePrediction([]byte(body)); ok {
			t.Errorf("%.40q was read as %+v", body, p)
		}
	}
}

func TestNextCursor(t *testing.T) {
	t.Parallel()
	for next, want := range map[string]string{
		"": "", "https://api.replicate.com/v1/predictions?cursor=cD0y%3D": "cD0y=", "https://evil.example/?cursor=x&a=b": "x",
		"::": "", "https://a.example/": "",
	} {
		if got := nextCursor(next); got != want {
			t.Errorf("%q: %q", next, got)
		}
	}
}

func FuzzAnswer(f *testing.F) {
	for _, seed := range []string{
		flatBody, `{"code":"success","data":{"task_id":"t1","status":"SUCCESS","data":{"id":"u","output":"https://a.example"}}}`,
		`{"code":"success","data":"task_1"}`, `{"error":{"message":"m","code":"invalid_request"}}`, `{"detail":"d","retry_after":5}`,
		"<html><title>t</title>", `{"id":"` + strings.Repeat("a", 300) + `"}`, "\xff\xfe", `{"results":[{"id":"a"}],"next":"https://x?cursor=y"}`,
	} {
		f.Add([]byte(seed), 201)
	}
	c := newMemoryClient(f, nil)
	f.Fuzz(func(t *testing.T, body []byte, status int) {
		a := answer{op: opCreate, status: status, body: c.redact(body)}
		p, failure := c.readCreated(a)
		isResult := p.ID == "" && p.Status.Ended() && (len(p.Output) > 0 || p.Error != "") // it needs no id
		if failure == nil && (!validID(p.ID) && !isResult || status < 200 || status > 299) {
			t.Fatalf("created %q with status %d", p.ID, status)
		}
		if failure != nil {
			checkError(t, failure)
			if id := recoverID(body); id != "" && status >= 200 && status < 300 {
				t.Fatalf("%q was lost", id)
			}
		}
		a.op = opGet
		if p, failure := c.readPrediction(a, "asked"); failure == nil && (p.ID != "asked" || len(p.Output) > outputsLimit || len(p.Logs) > logsLimit) {
			t.Fatalf("%+v", p)
		} else if failure == nil {
			if share, known := p.Progress(); known && !(share >= 0 && share <= 1) {
				t.Fatal(share)
			}
		}
		_, _ = c.readPage(a)
		_, _ = c.readSchema(a)
	})
}

// checkError checks what holds for every error.
func checkError(t *testing.T, e *Error) {
	t.Helper()
	if e.Code == "" || e.RetryAfter < 0 || e.RetryAfter > maxRetryAfter || len(e.Detail) > sentenceLimit {
		t.Fatalf("%#v", e)
	}
	text := e.Error()
	if !utf8.ValidString(text) || strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r >= 0x7f && r < 0xa0 || r == '\u202e' }) {
		t.Fatalf("%q", text)
	}
	if !strings.HasSuffix(text, ".") {
		t.Fatalf("%q is no sentence", text)
	}
}
