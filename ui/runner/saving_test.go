package runner_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"tintype/api/demo"
	"tintype/api/demo/demotest"
	"tintype/history"
	"tintype/ui/runner"
)

// TestI10NoHalfPicture looks into the folder while a picture arrives slowly, breaks off and continues: a file with the name of
// a picture is complete at every moment.
func TestI10NoHalfPicture(t *testing.T) {
	t.Parallel()
	scenario(t, "byte by byte", withList, func(t *testing.T, _ string, server *demo.Server, h *harness) {
		defer h.close()
		jpg := string(demotest.JPEG(8, 8))
		drip := demo.Fault{On: demo.Output, Status: 200, Body: jpg, Drip: 10 * time.Millisecond}
		cut := drip
		cut.Cut, cut.CutAt, cut.Times = true, len(jpg)-1, 2
		h.setFaults(cut, drip)
		key := h.submit("x")
		h.waitFor(key, history.Saving)
		looks := 0
		for row, _ := h.runner.Row(key); row.State != history.Done && looks < 5000; row, _ = h.runner.Row(key) {
			for _, file := range h.pictures() {
				if data, err := os.ReadFile(file); err != nil || string(data) != jpg {
					t.Fatalf("%s holds %d of %d bytes (%v)", file, len(data), len(jpg), err)
				}
			}
			h.advance(7 * time.Millisecond)
			looks++
		}
		if h.waitFor(key, history.Done); looks < 500 || len(h.pictures()) != 1 {
			t.Errorf("%d looks, files %v", looks, h.pictures())
		}
	})
}

// TestI10NoHalfPictureOverAnother: a file that already has the picture's name keeps it, with its bytes; the picture gets the
// name with -2.
func TestI10NoHalfPictureOverAnother(t *testing.T) {
	t.Parallel()
	scenario(t, "an existing name", withList, func(t *testing.T, dir string, server *demo.Server, h *harness) {
		defer h.close()
		h.setFaults(onePixel())
		first := h.submit("a boat")
		path := h.waitFor(first, history.Done).Outputs[0].Path
		h.setFaults(unavailable(demo.Output))
		key := h.submit("a boat")
		h.waitFor(key, history.Saving)
		short := 0 // how much of the key is in the name
		for short < len(first) && strings.Contains(path, first[len(first)-short-1:]) {
			short++
		}
		taken := strings.Replace(path, first[len(first)-short:], key[len(key)-short:], 1)
		mine := filepath.Join(dir, filepath.FromSlash(taken))
		if short < 4 || taken == path {
			t.Fatalf("the key is not in %s", path)
		}
		must(t, os.WriteFile(mine, []byte("mine"), 0o600))
		h.setFaults(onePixel())
		got := h.waitFor(key, history.Done).Outputs[0].Path
		if ext := filepath.Ext(taken); got == taken || !strings.HasSuffix(got, "-2"+ext) {
			t.Errorf("%s was taken, and the picture is %s", taken, got)
		}
		if data, err := os.ReadFile(mine); err != nil || string(data) != "mine" {
			t.Errorf("the file holds %q (%v)", data, err)
		}
	})
}

// TestI11ExpiryRace: a picture is fetched as soon as its prediction has ended, even while purchases have to wait. Four jobs
// fetch at once, and of those that wait, the one that expires first goes first.
func TestI11ExpiryRace(t *testing.T) {
	t.Parallel()
	scenario(t, "at once, and in order", withList, func(t *testing.T, _ string, server *demo.Server, h *harness) {
		defer h.close()
		transport := &downloadLog{next: server.Transport()}
		h.connect(withList, transport)
		var ends []string // keys in the order in which the predictions end
		for i := range 12 {
			h.setDuration(time.Minute - time.Duration(i)*time.Second)
			ends = append(ends, h.submit(fmt.Sprint("x ", i)))
			h.advance(time.Millisecond) // it is accepted by now
		}
		slices.Reverse(ends)
		slow := onePixel()
		slow.Delay = 28 * time.Second
		h.setFaults(slow)
		h.advance(70 * time.Second)
		if n := server.Counts().Outputs; n != 4 {
			t.Errorf("%d fetches at once", n)
		}
		h.advance(2 * time.Minute)
		var order []int
		_, paths := transport.asked()
		for _, path := range paths {
			order = append(order, slices.IndexFunc(ends, func(key string) bool { return strings.Contains(path, h.entry(key).ID) }))
		}
		if len(order) != 12 || !slices.IsSorted(order[4:]) { // the first four left at once
			t.Errorf("fetched in the order %v", order)
		}
	})
	scenario(t, "while purchases wait", withList, func(t *testing.T, _ string, server *demo.Server, h *harness) {
		defer h.close()
		h.setDuration(20 * time.Second)
		key := h.submit("x")
		h.waitFor(key, history.Waiting)
		h.setFaults(demo.Fault{On: demo.Create, Status: 429, Body: `{"detail":"wait","retry_after":300}`}, onePixel())
		h.submit("y")
		h.advance(19 * time.Second)
		for range 50 {
			h.advance(100 * time.Millisecond)
			row, _ := h.runner.Row(key)
			if row.State == history.Saving && server.Counts().Outputs == 0 {
				t.Fatal("it has ended, and nothing is fetched")
			}
		}
		h.waitFor(key, history.Done)
	})
}

// TestI11ExpiryRaceIsLost: the provider's clock decides when the pictures have expired. There is one notice, and the record is
// kept.
func TestI11ExpiryRaceIsLost(t *testing.T) {
	t.Parallel()
	for _, ahead := range []time.Duration{-3 * time.Hour, 0, 3 * time.Hour} {
		scenario(t, "a clock "+ahead.String()+" ahead", withList, func(t *testing.T, dir string, _ *demo.Server, h *harness) {
			h.close()
			server := demotest.NewServer(t, demo.Options{Now: func() time.Time { return time.Now().Add(ahead) }})
			h = newHarness(t, dir, server, withList)
			defer h.close()
			h.setFaults(demo.Fault{On: demo.Output, Reset: true})
			key := h.submit("a boat")
			row := h.waitFor(key, history.Saving)
			if left := time.Until(row.Live.ExpiresAt); left < 59*time.Minute || left > time.Hour+time.Second { // a Date has whole seconds
				t.Errorf("the picture expires in %v", left)
			}
			h.advance(58 * time.Minute)
			if row, _ = h.runner.Row(key); row.State != history.Saving || row.Live.Waiting != runner.LastTryFailed || !h.hasNotice(runner.NotSavedYet) {
				t.Errorf("%s, %+v", row.State, row.Live)
			}
			h.advance(3 * time.Minute)
			e := h.entry(key)
			if e.State != history.Lost || e.Error.Code != history.CodeExpired || !h.hasNotice(runner.Expired) {
				t.Errorf("%s, %+v", e.State, e.Error)
			}
			if e.ID == "" || e.Seed == nil || e.Prompt() != "a boat" || len(e.Outputs) != 1 || e.Outputs[0].Path != "" {
				t.Errorf("the record: %+v", e.Outputs)
			}
			h.checkIdle(key)
		})
	}
}
