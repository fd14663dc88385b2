package runner_test

import (
	"strings"
	"testing"
	"time"

	"tintype/api/demo"
	"tintype/api/demo/demotest"
	"tintype/history"
	"tintype/ui/runner"
)

// knobs turns on faults of the demo, as --fault does.
func (h *harness) knobs(specs ...string) {
	h.t.Helper()
	h.server.UpdateBehaviour(func(b *demo.Behaviour) {
		for _, spec := range specs {
			if err := b.Set(spec); err != nil {
				h.t.Fatal(err)
			}
		}
	})
}

// submitFour orders four small pictures.
func (h *harness) submitFour() string {
	h.t.Helper()
	_, task := h.runner.Submit(runner.Draft{
		Model: "flux-schnell", Input: map[string]any{"prompt": "four boats", "num_outputs": 4, "megapixels": "0.25", "output_format": "png"},
	})
	h.perform(task)
	return task.Key
}

// TestDemoKnobs: what the demo can do to pictures is what providers have been seen to do, and each of them is saved after one
// purchase.
func TestDemoKnobs(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		spec   string
		within time.Duration // the pictures are saved after at most so long
		status string        // of the entry
	}{
		{"late=5s", 15 * time.Second, "succeeded"},
		{"late=30m", 32 * time.Minute, "succeeded"},
		{"missing=8", 2 * time.Minute, "succeeded"},
		{"output=base64", 10 * time.Second, "succeeded"},
		{"output=data", 10 * time.Second, "succeeded"},
		{"output=relative", 10 * time.Second, "succeeded"},
		{"end=Ready", 10 * time.Second, "Ready"},
		{"encoding=aws-chunked", 10 * time.Second, "succeeded"},
		{"encoding=none", 10 * time.Second, "succeeded"},
		{"encoding=binary", 10 * time.Second, "succeeded"},
	} {
		for _, p := range []provider{withList, withoutList} {
			scenario(t, c.spec+" "+p.name, p, func(t *testing.T, _ string, server *demo.Server, h *harness) {
				defer h.close()
				h.knobs(c.spec)
				key := h.submit("a boat")
				h.advance(c.within)
				e := h.entry(key)
				if e.State != history.Done || e.Error != nil || e.Status != c.status && p == withList || len(e.Outputs) != 1 || e.Outputs[0].Width == 0 {
					t.Errorf("%s, %q, %+v, %+v", e.State, e.Status, e.Outputs, e.Error)
				}
				if n := server.Counts(); n.Posts != 1 || n.Accepted != 1 {
					t.Errorf("%+v", n)
				}
			})
		}
	}
}

// TestDemoKnobMissingOverARestart: the picture is missing until after the program was killed, and the next one saves it.
func TestDemoKnobMissingOverARestart(t *testing.T) {
	t.Parallel()
	scenario(t, "missing=8", withList, func(t *testing.T, dir string, server *demo.Server, h *harness) {
		h.knobs("missing=8")
		key := h.submit("a boat")
		h.waitFor(key, history.Saving)
		h.advance(3 * time.Second)
		tried := server.Counts().Outputs
		h.kill()
		again := newHarness(t, dir, server, withList)
		defer again.close()
		again.resume()
		again.advance(3 * time.Minute)
		if e := again.entry(key); e.State != history.Done || tried == 0 || tried >= 8 || server.Counts().Posts != 1 {
			t.Errorf("%s after %d tries before the restart, %+v", e.State, tried, server.Counts())
		}
	})
}

// TestDemoKnobHeldBack: three of four pictures come. They are saved and paid for, and the row says that one was held back.
func TestDemoKnobHeldBack(t *testing.T) {
	t.Parallel()
	scenario(t, "held-back=1", withList, func(t *testing.T, _ string, server *demo.Server, h *harness) {
		defer h.close()
		h.knobs("held-back=1")
		row := h.waitFor(h.submitFour(), history.Done)
		if len(row.Outputs) != 3 || row.Error == nil || row.Error.Code != runner.CodePartial || row.Error.Sentence != "3 of 4: one was held back by the filter." {
			t.Errorf("%d pictures, %+v", len(row.Outputs), row.Error)
		}
		if len(h.pictures()) != 3 || !h.hasNotice(runner.Partial) || server.Counts().Posts != 1 {
			t.Errorf("%v, %+v", h.pictures(), server.Counts())
		}
	})
}

// TestDemoKnobErrors: a refusal of any shape is a refusal: one request, nothing billed, and the provider's words in the row.
func TestDemoKnobErrors(t *testing.T) {
	t.Parallel()
	for _, shape := range []string{"list", "errors", "msg", "message", "problem", "text"} {
		for _, p := range []provider{withList, withoutList} {
			scenario(t, shape+" "+p.name, p, func(t *testing.T, _ string, server *demo.Server, h *harness) {
				defer h.close()
				h.knobs("errors=" + shape)
				_, task := h.runner.Submit(runner.Draft{Model: "flux-schnell", Input: map[string]any{"prompt": "x", "num_outputs": 9}})
				h.perform(task)
				row := h.waitFor(task.Key, history.Failed)
				if row.Error == nil || !strings.Contains(row.Error.Sentence, "num_outputs") || row.Cost == nil || *row.Cost != 0 || server.Counts().Posts != 1 {
					t.Errorf("%+v, cost %v, %+v", row.Error, row.Cost, server.Counts())
				}
				if strings.ContainsAny(row.Error.Sentence, `{["`) {
					t.Errorf("raw: %s", row.Error.Sentence)
				}
			})
		}
	}
}

// TestFailedWithAPicture: the provider says that it failed, and gives a picture all the same. The picture is saved, and the row
// says both.
func TestFailedWithAPicture(t *testing.T) {
	t.Parallel()
	scenario(t, "failed", withList, func(t *testing.T, _ string, server *demo.Server, h *harness) {
		defer h.close()
		body := `{"status":"failed","error":"KeyError: 'sample'","output":["` + demotest.Origin + `/outputs/x/0.png"]}`
		h.setFaults(answerFault(demo.Get, 200, body, 0), onePixel())
		row := h.waitFor(h.submit("x"), history.Done)
		if row.Status != "failed" || row.Error == nil || row.Error.Detail != "KeyError: 'sample'" || !h.hasNotice(runner.Partial) || len(h.pictures()) != 1 {
			t.Errorf("%q, %+v, %v", row.Status, row.Error, h.pictures())
		}
	})
}
