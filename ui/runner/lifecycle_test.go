package runner_test

import (
	"os"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"tintype/api/demo"
	"tintype/api/demo/demotest"
	"tintype/history"
	"tintype/ui/runner"
)

// scenario runs a test in a synctest bubble, with a new folder and server.
func scenario(t *testing.T, name string, p provider, run func(t *testing.T, dir string, server *demo.Server, h *harness)) {
	t.Run(name, func(t *testing.T) {
		dir := t.TempDir()
		synctest.Test(t, func(t *testing.T) {
			server := demotest.NewServer(t, demo.Options{})
			run(t, dir, server, newHarness(t, dir, server, p))
		})
	})
}

// TestSubmitToSaved follows a purchase to its end, and checks the disk on the way.
func TestSubmitToSaved(t *testing.T) {
	t.Parallel()
	for _, p := range []provider{withList, withoutList} {
		scenario(t, p.name, p, func(t *testing.T, dir string, server *demo.Server, h *harness) {
			key := h.submit("A paper boat floating on calm water at sunrise.")
			row, _ := h.runner.Row(key)
			if row.State != history.Creating || row.Live == nil {
				t.Fatalf("the row is %s", row.State)
			}
			h.waitFor(key, history.Waiting)
			if e := h.entry(key); e.ID == "" || e.State != history.Waiting {
				t.Fatalf("on disk: %s, id %q", e.State, e.ID)
			}
			row = h.waitFor(key, history.Done)
			checkSaved(t, h, row)
			checkProgress(t, h, key)
			if c := server.Counts(); c.Accepted != 1 || c.Posts != 1 {
				t.Errorf("posts %d, accepted %d", c.Posts, c.Accepted)
			}
			h.checkIdle(key)
			h.close()
			again := newHarness(t, dir, server, p)
			defer again.close()
			if others := again.resume(); others.Total() != 0 || len(again.runner.Live()) != 0 {
				t.Errorf("a done job was resumed")
			}
		})
	}
}

// checkSaved checks a saved job's row against the disk.
func checkSaved(t *testing.T, h *harness, row runner.Row) {
	t.Helper()
	if row.Live != nil || len(row.Outputs) != 1 || row.Seed == nil || row.Status != "succeeded" {
		t.Fatalf("done, and %+v", row)
	}
	info, err := os.Stat(h.history.Path(row.Outputs[0].Path))
	if err != nil || info.Size() != row.Outputs[0].Bytes || row.Outputs[0].SHA256 == "" {
		t.Fatalf("the picture: %+v, %v", row.Outputs[0], err)
	}
	e := h.entry(row.Key)
	if e.State != history.Done || e.Outputs[0].Path != row.Outputs[0].Path || !strings.Contains(e.Logs, "Using seed") {
		t.Errorf("on disk: %s %+v, logs %q", e.State, e.Outputs, e.Logs)
	}
	if len(e.Attempts) != 1 || e.Attempts[0].Sent != "yes" {
		t.Errorf("attempts %+v", e.Attempts)
	}
	if !h.hasNotice(runner.Finished) {
		t.Error("there is no notice")
	}
}

// checkProgress checks that progress was reported, and never went back.
func checkProgress(t *testing.T, h *harness, key string) {
	t.Helper()
	last, seen := -1.0, false
	for _, c := range h.changes {
		if c.Row.Key != key || c.Row.Live == nil {
			continue
		}
		if c.Row.Live.Progress < last {
			t.Errorf("progress went back from %v to %v", last, c.Row.Live.Progress)
		}
		last = c.Row.Live.Progress
		seen = seen || last > 0
	}
	if !seen {
		t.Error("no progress was seen")
	}
}

// TestFailures: predictions that are flagged, refused, or expire.
func TestFailures(t *testing.T) {
	t.Parallel()
	scenario(t, "flagged", withList, func(t *testing.T, _ string, _ *demo.Server, h *harness) {
		defer h.close()
		key := h.submit("a thing [fail]")
		row := h.waitFor(key, history.Failed)
		if row.Error == nil || row.Error.Code != "flagged" || !strings.Contains(row.Error.Detail, "E005") {
			t.Errorf("error %+v", row.Error)
		}
		h.checkIdle(key)
	})
	scenario(t, "refused", withList, func(t *testing.T, _ string, server *demo.Server, h *harness) {
		defer h.close()
		row, task := h.runner.Submit(runner.Draft{
			Model: "black-forest-labs/flux-schnell", Input: map[string]any{"prompt": "x", "aspect_ratio": "7:1"},
		})
		h.perform(task)
		row = h.waitFor(row.Key, history.Failed)
		if row.Error.Code != "invalid" || row.Cost == nil || *row.Cost != 0 {
			t.Errorf("error %+v, cost %v", row.Error, row.Cost)
		}
		if e := h.entry(row.Key); e.Attempts[0].Sent != "yes" || e.Attempts[0].Status != 422 {
			t.Errorf("attempts %+v", e.Attempts)
		}
		h.checkIdle(row.Key)
	})
	scenario(t, "expired", withList, func(t *testing.T, _ string, _ *demo.Server, h *harness) {
		defer h.close()
		key := h.submit("a thing [expired]")
		row := h.waitFor(key, history.Lost)
		if row.Error == nil || row.Error.Code != "expired" || !h.hasNotice(runner.Expired) {
			t.Errorf("error %+v, notices %v", row.Error, h.notices)
		}
		h.checkIdle(key)
	})
}

// TestCancelInEachState cancels a job in each state.
func TestCancelInEachState(t *testing.T) {
	t.Parallel()
	scenario(t, "creating, not sent", withList, cancelCreatingNotSent)
	scenario(t, "creating, sent", withList, cancelCreatingSent)
	scenario(t, "waiting", withList, cancelWaiting)
	scenario(t, "waiting, where nothing can be cancelled", withoutList, cancelWaitingWhereNothingCanBeCancelled)
	scenario(t, "saving", withList, cancelSaving)
	scenario(t, "done", withList, cancelDone)
	scenario(t, "finished at that moment", withList, cancelFinishedAtThatMoment)
}

func cancelCreatingNotSent(t *testing.T, _ string, server *demo.Server, h *harness) {
	defer h.close()
	row, task := h.runner.Submit(runner.Draft{Model: "flux-schnell", Input: input("x")})
	h.cancel(row.Key)
	h.perform(task) // the command comes too late, and does nothing
	h.advance(time.Second)
	if row = h.waitFor(row.Key, history.Stopped); row.CancelReason != "never_sent" || !h.hasNotice(runner.StoppedUnsent) {
		t.Errorf("%q, notices %v", row.CancelReason, h.notices)
	}
	if server.Counts().Posts != 0 || h.entry(row.Key).State != history.Stopped {
		t.Error("it left, or is not on disk")
	}
	c, again, ok := h.runner.UndoCancel(row.Key)
	if !ok || c.Notice.Kind != runner.Resumed {
		t.Fatal("the cancel cannot be undone")
	}
	h.perform(again)
	h.waitFor(row.Key, history.Done)
	if server.Counts().Accepted != 1 {
		t.Error("bought more than once")
	}
}

func cancelCreatingSent(t *testing.T, _ string, server *demo.Server, h *harness) {
	defer h.close()
	h.setDuration(time.Minute)
	h.setFaults(demo.Fault{On: demo.Create, Delay: 2 * time.Second, Accept: true})
	key := h.submit("x")
	h.advance(time.Second)
	h.cancel(key)
	if row, _ := h.runner.Row(key); row.State != history.Creating || !row.Live.CancelRequested {
		t.Fatalf("%s, %+v", row.State, row.Live)
	}
	row := h.waitFor(key, history.Stopped)
	if row.CancelReason != "canceled" && row.CancelReason != "aborted" || row.ID == "" {
		t.Errorf("%q, id %q", row.CancelReason, row.ID)
	}
	if server.Counts().Cancels != 1 || server.Counts().Accepted != 1 {
		t.Errorf("%+v", server.Counts())
	}
	h.checkIdle(key)
}

func cancelWaiting(t *testing.T, _ string, server *demo.Server, h *harness) {
	defer h.close()
	key := h.submit("x [slow]")
	h.waitFor(key, history.Waiting)
	h.advance(5 * time.Second)
	h.cancel(key)
	h.waitFor(key, history.Stopped)
	if !h.hasNotice(runner.Cancelled) || h.entry(key).CancelReason != "canceled" {
		t.Errorf("notices %v", h.notices)
	}
	h.checkIdle(key)
}

func cancelWaitingWhereNothingCanBeCancelled(t *testing.T, _ string, server *demo.Server, h *harness) {
	defer h.close()
	key := h.submit("x [slow]")
	h.waitFor(key, history.Waiting)
	h.cancel(key)
	row := h.waitFor(key, history.Stopped)
	if !h.hasNotice(runner.CannotCancel) || row.CancelReason != "not_followed" {
		t.Errorf("%q, notices %v", row.CancelReason, h.notices)
	}
	h.checkIdle(key)
	h.onChange(h.runner.Follow(row.Entry))
	h.waitFor(key, history.Done)
}

func cancelSaving(t *testing.T, _ string, server *demo.Server, h *harness) {
	defer h.close()
	h.setFaults(demo.Fault{On: demo.Output, Times: 2, Status: 500, Body: "later"})
	key := h.submit("x")
	h.waitFor(key, history.Saving)
	h.cancel(key)
	if !h.hasNotice(runner.AlreadyFinished) {
		t.Errorf("notices %v", h.notices)
	}
	h.waitFor(key, history.Done)
	if server.Counts().Cancels != 0 {
		t.Error("what was finished was cancelled")
	}
}

func cancelDone(t *testing.T, _ string, server *demo.Server, h *harness) {
	defer h.close()
	key := h.submit("x")
	h.waitFor(key, history.Done)
	h.cancel(key)
	if row, _ := h.runner.Row(key); row.State != history.Done || !h.hasNotice(runner.AlreadyEnded) {
		t.Errorf("%s, notices %v", row.State, h.notices)
	}
	h.checkIdle(key)
}

func cancelFinishedAtThatMoment(t *testing.T, _ string, server *demo.Server, h *harness) {
	defer h.close()
	h.setDuration(3 * time.Second)
	key := h.submit("x")
	h.waitFor(key, history.Waiting)
	h.setFaults(demo.Fault{On: demo.Cancel, Delay: 10 * time.Second})
	h.cancel(key)
	h.waitFor(key, history.Done)
}

// TestManyJobsAtOnce: jobs of several pictures each run side by side, and all pictures arrive.
func TestManyJobsAtOnce(t *testing.T) {
	t.Parallel()
	scenario(t, "twelve, of several pictures", withList, func(t *testing.T, _ string, server *demo.Server, h *harness) {
		defer h.close()
		h.setFaults(onePixel())
		var keys []string
		for range 12 {
			in := input("x")
			in["num_outputs"] = 3
			row, task := h.runner.Submit(runner.Draft{Model: "flux-schnell", Input: in})
			h.perform(task)
			keys = append(keys, row.Key)
		}
		if n := len(h.runner.Live()); n != 12 {
			t.Errorf("%d running", n)
		}
		for _, key := range keys {
			if row := h.waitFor(key, history.Done); len(row.Outputs) != 3 || row.Outputs[2].Path == "" {
				t.Errorf("%+v", row.Outputs)
			}
		}
		if c := server.Counts(); c.Accepted != 12 || c.Outputs != 36 {
			t.Errorf("%+v", c)
		}
	})
}

// TestDataURIs: pictures inside the answer are saved, and are not kept in the journal.
func TestDataURIs(t *testing.T) {
	t.Parallel()
	scenario(t, "one picture", withList, func(t *testing.T, dir string, server *demo.Server, h *harness) {
		defer h.close()
		server.UpdateBehaviour(func(k *demo.Behaviour) { k.DataURI = true })
		key := h.submit("x")
		h.waitFor(key, history.Done)
		if e := h.entry(key); len(e.Outputs) != 1 || len(e.Outputs[0].URL) > 64 || e.Outputs[0].Path == "" {
			t.Errorf("%.200v", e.Outputs)
		}
	})
}
