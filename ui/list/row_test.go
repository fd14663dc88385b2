package list

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"tintype/history"
	"tintype/ui/internal/uitest"
	"tintype/ui/params"
	"tintype/ui/runner"
	"tintype/ui/text"
)

func TestNewRow(t *testing.T) {
	now := time.Date(2026, 8, 12, 15, 0, 0, 0, time.UTC)
	seed := int64(7)
	p := runner.Row{
		Entry: history.Entry{
			Key: history.NewKey(now.Add(-3 * time.Minute)), State: history.Waiting, Model: "black-forest-labs/flux-schnell", Seed: &seed,
			Input: map[string]any{"prompt": "a\x1b[2Jb\nc", "aspect_ratio": "9:16", "seed": 7.0},
		},
		Live: &runner.Live{Progress: 0.5, Since: now.Add(-2 * time.Second), Waiting: runner.ProviderAsked, Until: now.Add(5 * time.Second), CancelRequested: true},
	}
	r := newRow(p, now)
	if r.prompt != text.CleanLine("a\x1b[2Jb\nc") || strings.ContainsAny(string(r.prompt), "\x1b\n") {
		t.Errorf("the prompt is %q", r.prompt)
	}
	if r.model != "flux-schnell" || !r.seedChosen || *r.seed != 7 || len(r.parameters) != 1 || r.parameters[0].Text != "9:16" {
		t.Errorf("got %+v", r)
	}
	if r.elapsed != 2*time.Second || r.waitLeft != 5*time.Second || !r.waiting || !r.canceling || r.progress != 0.5 || r.age != 3*time.Minute {
		t.Errorf("got %+v", r)
	}
	p.Input["prompt"] = strings.Repeat("長", 20000)
	if r = newRow(p, now); len(r.prompt) > 4<<10 || strings.Trim(string(r.prompt), "長") != "" || len(r.fullPrompt) != 60000 {
		t.Errorf("a long prompt: %d bytes of %d", len(r.prompt), len(r.fullPrompt))
	}
	p = runner.Row{Entry: history.Entry{State: history.Stopped, Time: now, Error: &history.EntryError{Code: "not_followed"}}}
	if r = newRow(p, now); !r.unfollowed || r.progress >= 0 || r.waiting || r.age != 0 {
		t.Errorf("not followed: got %+v", r)
	}
	p.Error.Code = "canceled"
	if newRow(p, now).unfollowed {
		t.Error("a cancelled one counts as not followed")
	}
}

func BenchmarkNewRow(b *testing.B) {
	now := time.Date(2026, 8, 12, 15, 0, 0, 0, time.UTC)
	seed := int64(7)
	p := runner.Row{Entry: history.Entry{
		Key: history.NewKey(now), State: history.Done, Model: "black-forest-labs/flux-schnell", Seed: &seed,
		Input: map[string]any{
			"prompt": uitest.Dusk, "aspect_ratio": "9:16", "output_format": "webp", "output_quality": 80.0, "num_outputs": 1.0, "go_fast": true,
			"megapixels": "1", "num_inference_steps": 4.0, "disable_safety_checker": false,
		},
	}}
	for b.Loop() {
		newRow(p, now)
	}
}

func TestDifferences(t *testing.T) {
	with := func(model string, seed int64, chosen bool, input map[string]any) row {
		r := row{model: text.Safe(model), parameters: params.Of(input), seedChosen: chosen}
		if seed != 0 {
			r.seed = &seed
		}
		return r
	}
	base := with("flux-schnell", 1, false, map[string]any{"aspect_ratio": "1:1", "output_quality": 80.0, "go_fast": true})
	for _, c := range []struct {
		name string
		row  row
		want string
	}{
		{"nothing, and no seed yet", with("flux-schnell", 0, false, map[string]any{"aspect_ratio": "1:1", "output_quality": 80, "go_fast": true}), "[]"},
		{"a seed by chance", with("flux-schnell", 2, false, map[string]any{"aspect_ratio": "1:1", "output_quality": 80, "go_fast": true}), "[seed 2]"},
		{"more than a seed by chance", with("flux-schnell", 2, false, map[string]any{"aspect_ratio": "9:16", "output_quality": 80, "go_fast": true}), "[9:16]"},
		{"a chosen seed", with("flux-schnell", 2, true, map[string]any{"aspect_ratio": "9:16", "output_quality": 80, "go_fast": true}), "[9:16 seed 2]"},
		{"the same seed", with("flux-schnell", 1, true, map[string]any{"aspect_ratio": "9:16", "output_quality": 80, "go_fast": true}), "[9:16]"},
		{"a switch and a number", with("flux-schnell", 1, false, map[string]any{"aspect_ratio": "1:1", "output_quality": 90, "go_fast": false}), "[quality 90 go fast off]"},
		{"one left out", with("flux-schnell", 1, false, map[string]any{"aspect_ratio": "1:1", "output_quality": 80}), "[default go fast]"},
		{"another model, with its own", with("flux-dev", 3, false, map[string]any{"aspect_ratio": "1:1", "guidance": 3.5}), "[flux-dev]"},
	} {
		if got := fmt.Sprint(differences(&c.row, &base)); got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
}
