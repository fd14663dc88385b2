package cli

import (
	"encoding/json"
	"errors"
	"strconv"
	"strings"
	"testing"
	"time"

	"tintype/api"
	"tintype/api/model"
	"tintype/history"
)

func TestEntryCode(t *testing.T) {
	failed := func(code api.Code) history.Entry {
		return history.Entry{State: history.Failed, Error: &history.EntryError{Code: string(code)}}
	}
	for _, c := range []struct {
		name string
		e    history.Entry
		want int
	}{
		{"done", history.Entry{State: history.Done}, 0},
		{"failed", failed("failed"), 1},
		{"failed without a reason", history.Entry{State: history.Failed}, 1},
		{"lost", history.Entry{State: history.Lost}, 1},
		{"invalid", failed(api.CodeInvalid), 1},
		{"not recorded", failed("not_recorded"), 1},
		{"unauthorized", failed(api.CodeUnauthorized), 3},
		{"credit", failed(api.CodeCredit), 4},
		{"rate", failed(api.CodeRate), 4},
		{"unreachable", failed(api.CodeUnreachable), 5},
		{"offline", failed(api.CodeOffline), 5},
		{"tls", failed(api.CodeTLS), 5},
		{"unconfirmed", history.Entry{State: history.Unconfirmed}, 5},
		{"stopped", history.Entry{State: history.Stopped}, 6},
		{"creating", history.Entry{State: history.Creating}, 7},
		{"waiting", history.Entry{State: history.Waiting}, 7},
		{"saving", history.Entry{State: history.Saving}, 7},
	} {
		if got := entryCode(c.e); got != c.want {
			t.Errorf("%s: %d, want %d", c.name, got, c.want)
		}
	}
}

func TestMostSevere(t *testing.T) {
	for _, c := range []struct{ a, b, want int }{
		{0, 0, 0}, {0, 7, 7}, {7, 6, 6}, {6, 1, 1}, {1, 4, 4}, {4, 3, 3}, {3, 5, 5}, {5, 130, 130}, {2, 1, 2},
	} {
		if got := mostSevere(c.a, c.b); got != c.want {
			t.Errorf("mostSevere(%d, %d) = %d, want %d", c.a, c.b, got, c.want)
		}
		if got := mostSevere(c.b, c.a); got != c.want {
			t.Errorf("mostSevere(%d, %d) = %d, want %d", c.b, c.a, got, c.want)
		}
	}
}

func TestDraft(t *testing.T) {
	for _, c := range []struct {
		name, prompt, model string
		w                   runFlags
		want, err           string
	}{
		{"prompt alone", "a boat", "flux-schnell", runFlags{}, `{"prompt":"a boat"}`, ""},
		{
			"every flag", "a boat", model.Default,
			runFlags{aspectRatio: "16:9", format: "JPG", quality: "90", outputs: "2", seed: "7", set: []string{"go_fast=off"}},
			`{"aspect_ratio":"16:9","go_fast":false,"num_outputs":2,"output_format":"jpg","output_quality":90,"prompt":"a boat","seed":7}`, "",
		},
		{"prompt by set", "", model.Default, runFlags{set: []string{"prompt=a=b"}}, `{"prompt":"a=b"}`, ""},
		{"no effect", "x", model.Default, runFlags{format: "png", quality: "90"}, "", "output_quality has no effect when output_format is png"},
		{"quality out of range", "x", model.Default, runFlags{quality: "101"}, "", "output_quality"},
		{"quality is no number", "x", model.Default, runFlags{quality: "best"}, "", "output_quality"},
		{"unknown shape", "x", model.Default, runFlags{aspectRatio: "7:3"}, "", "aspect_ratio"},
		{"unknown key", "x", model.Default, runFlags{set: []string{"wings=2"}}, "", "wings"},
		{"no key", "x", model.Default, runFlags{set: []string{"=2"}}, "", "key=value"},
		{"no value", "x", model.Default, runFlags{set: []string{"go_fast"}}, "", "key=value"},
		{"twice", "x", model.Default, runFlags{seed: "1", set: []string{"seed=2"}}, "", "twice"},
		{"no prompt", "", model.Default, runFlags{set: []string{"seed=2"}}, "", "prompt"},
		{"no model", "x", "nothing/like/it", runFlags{}, "", "owner/name"},
		{
			"unknown model takes any key", "x", "some-one/thing",
			runFlags{set: []string{"deep={\"a\":[1]}", "n=5", "t=five", "b=true"}},
			`{"b":true,"deep":{"a":[1]},"n":5,"prompt":"x","t":"five"}`, "",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			draft, err := c.w.draft(c.prompt, c.model)
			if c.err != "" {
				var f *exitError
				if !errors.As(err, &f) || f.code != exitUsage || !strings.Contains(f.Error(), c.err) {
					t.Errorf("error %v, want %q and code 2", err, c.err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if got, _ := json.Marshal(draft.Input); string(got) != c.want {
				t.Errorf("input %s, want %s", got, c.want)
			}
		})
	}
}

func TestDraftOfAVersion(t *testing.T) {
	draft, err := runFlags{}.draft("x", "some-one/thing:abc123")
	if err != nil || draft.Model != "some-one/thing" || draft.Version != "abc123" {
		t.Errorf("got %+v, %v", draft, err)
	}
}

// TestJSONOfAnEmptyEntry: the promised fields are always there, arrays as arrays.
func TestJSONOfAnEmptyEntry(t *testing.T) {
	b, err := marshalJSON(newPredictionJSON(history.Entry{Key: "k", State: history.Creating}, func(s string) string { return "/" + s }), "")
	if err != nil {
		t.Fatal(err)
	}
	var o map[string]any
	if err := json.Unmarshal(b, &o); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{
		"key", "id", "provider", "base_url", "model", "state", "status", "input", "outputs", "pictures", "seed", "error",
		"metrics", "created_at", "completed_at", "cost",
	} {
		if _, ok := o[name]; !ok {
			t.Errorf("%s is missing", name)
		}
	}
	for _, name := range []string{"outputs", "pictures"} {
		if list, ok := o[name].([]any); !ok || len(list) != 0 {
			t.Errorf("%s is %v, want an empty array", name, o[name])
		}
	}
}

func TestPredictionJSON(t *testing.T) {
	seed, cost := int64(1)<<60, 0.003
	e := history.Entry{
		Key: "k", State: history.Failed, ID: "abc", Status: "failed", Seed: &seed, Cost: &cost,
		Error:   &history.EntryError{Code: "failed", Sentence: "Failed at Replicate.", Detail: "CUDA out of memory"},
		Outputs: []history.Output{{URL: "https://x/1", Path: "pictures/1.webp"}, {URL: "https://x/2"}},
	}
	o := newPredictionJSON(e, func(s string) string { return "/data/" + s })
	if *o.Error != "Failed at Replicate: CUDA out of memory" || *o.Seed != seed || *o.Cost != cost {
		t.Errorf("got %v, %v, %v", *o.Error, *o.Seed, *o.Cost)
	}
	if len(o.Outputs) != 2 || len(o.Pictures) != 1 || o.Pictures[0] != "/data/pictures/1.webp" {
		t.Errorf("outputs %v, pictures %v", o.Outputs, o.Pictures)
	}
}

// hostile has what a terminal would interpret: CSI, OSC 52, C1, a bidirectional override, a tag, DEL, a bare carriage return.
const hostile = "\x1b[2J\x1b]52;c;QUJD\x07\u009b2J\u202e\U000e0041\x7f\r\x00\u2066"

// TestSecurityTerminalInjection: JSON contains no character that a terminal interprets, and decodes to the original text.
func TestSecurityTerminalInjection(t *testing.T) {
	b, err := marshalJSON(map[string]string{"prompt": "a" + hostile + "z"}, "")
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range string(b) {
		if r != '\n' && (r < ' ' || r >= 0x7f) {
			t.Errorf("%U is raw in %q", r, b)
		}
	}
	var back map[string]string
	if err := json.Unmarshal(b, &back); err != nil || back["prompt"] != "a"+hostile+"z" {
		t.Errorf("reads back as %q, %v", back["prompt"], err)
	}
}

func TestParseTimeout(t *testing.T) {
	for in, want := range map[string]time.Duration{"": 0, "90": 90 * time.Second, "1.5": 1500 * time.Millisecond, "2m": 2 * time.Minute} {
		if got, err := parseTimeout("timeout", in); err != nil || got != want {
			t.Errorf("%q: %v, %v", in, got, err)
		}
	}
	for _, in := range []string{"0", "0s", "-1", "-2s", "soon", "NaN", "Inf", "1d"} {
		if got, err := parseTimeout("timeout", in); err == nil {
			t.Errorf("%q is taken as %v", in, got)
		} else if !strings.Contains(err.Error(), strconv.Quote(in)) {
			t.Errorf("%q is named otherwise: %v", in, err)
		}
	}
}

// TestSecurityChildrenHaveNoKey: the environment of child processes has no key of any provider. A test in a terminal checks what the
// built program passes on.
func TestSecurityChildrenHaveNoKey(t *testing.T) {
	got := withoutKeys([]string{"A=1", "COMETAPI_KEY=x", "REPLICATE_API_TOKEN=x", "COMET_API_KEY=x", "COMETAPI_API_KEY=x", "cometapi_key=x", "Replicate_Api_Token=x", "B=2"})
	if strings.Join(got, " ") != "A=1 B=2" {
		t.Errorf("got %q", got)
	}
}

// TestErrorTextQuotes: the sentence of show and --json has the provider's words, once.
func TestErrorTextQuotes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ code, sentence, detail, want string }{
		{"empty", "It succeeded, but without a picture.", "NSFW", "It succeeded, but without a picture: NSFW"},
		{"failed", "Failed at Replicate.", "no GPU", "Failed at Replicate: no GPU"},
		{"failed", "Failed at Replicate: no GPU.", "no GPU", "Failed at Replicate: no GPU."},
		{"no_answer", "Replicate answered 500: x. It may have been accepted and billed.", "x", "Replicate answered 500: x. It may have been accepted and billed."},
		{"partial", "3 of 4: one did not come.", "x", "3 of 4: one did not come."},
		{"", "", "x", "X."},
	} {
		e := history.Entry{Error: &history.EntryError{Code: c.code, Sentence: c.sentence, Detail: c.detail}}
		if got := errorText(e); got != c.want {
			t.Errorf("%+v: %q", c, got)
		}
	}
}

// TestRoundedZero: a strength that is rounded to zero has no sign in JSON and CSV.
func TestRoundedZero(t *testing.T) {
	t.Parallel()
	for x, want := range map[float64]string{-1e-9: "0", 1e-9: "0", 0.12345: "0.1235", -2: "-2"} {
		if b, err := json.Marshal(rounded(x)); err != nil || string(b) != want {
			t.Errorf("%v is written %s, %v", x, b, err)
		}
	}
}
