package runner_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"sync/atomic"
	"testing"
	"time"

	"tintype/api/demo"
	"tintype/history"
	"tintype/ui/runner"
)

// failingJournal makes the lines of a journal fail: as many as times, from the given one on. If late is set, the line is in the
// file and only its fsync fails.
type failingJournal struct {
	from, times int
	late        bool
	seen        atomic.Int32
}

func (b *failingJournal) line(write runner.Append, key string, line runner.Line) (history.Entry, error) {
	if n := int(b.seen.Add(1)); n < b.from || n >= b.from+b.times {
		return write(key, line)
	}
	if b.late {
		_, _ = write(key, line)
	}
	return history.Entry{}, errors.New("The disk did not confirm a line.")
}

// TestI02IntentFirstEachLine lets each line of a purchase fail, with or without being in the file, once and from then on.
// Without the intent no POST leaves and a sentence says why; and nothing is bought twice, whichever line fails.
func TestI02IntentFirstEachLine(t *testing.T) {
	t.Parallel()
	for _, late := range []bool{false, true} {
		for _, times := range []int{1, 1000} {
			for from := 1; from <= 5; from++ {
				name := fmt.Sprintf("from line %d, %d times, late %v", from, times, late)
				scenario(t, name, withList, func(t *testing.T, dir string, server *demo.Server, h *harness) {
					h.setFaults(onePixel())
					b := &failingJournal{from: from, times: times, late: late}
					h.runner.WrapJournal(b.line)
					key := h.submit("x")
					h.advance(time.Minute)
					c := server.Counts()
					switch row, _ := h.runner.Row(key); {
					case from == 1 && (c.Posts != 0 || row.State != history.Failed || row.Error.Code != "not_recorded" || row.Error.Sentence == ""):
						t.Errorf("I2: %d posts without an intent; the state is %s, %+v", c.Posts, row.State, row.Error)
					case from > 1 && (c.Posts != 1 || row.State != history.Done):
						t.Errorf("%d posts, and the state is %s", c.Posts, row.State)
					}
					again := h.restartCopy(dir, withList)
					h.kill()
					defer again.close()
					again.resume()
					again.advance(time.Minute)
					if n := server.Counts().Posts; n != c.Posts {
						t.Errorf("I1: %d posts after a restart, %d before", n, c.Posts)
					}
					if e, err := again.history.Get(key); c.Posts == 1 && (err != nil || e.State != history.Done) {
						t.Errorf("I3: after a restart the state is %s (%v)", e.State, err)
					}
				})
			}
		}
	}
}

// TestI02IntentFirstNoFsync puts the journal where writing succeeds and fsync fails, as on a dying disk. Nothing is bought, and
// a notice says why. Once the disk works, purchases are sent again.
func TestI02IntentFirstNoFsync(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("there is no /dev/null here")
	}
	scenario(t, "after the first purchase", withList, func(t *testing.T, dir string, server *demo.Server, h *harness) {
		defer h.close()
		h.setFaults(onePixel())
		h.waitFor(h.submit("x"), history.Done)
		file, kept := filepath.Join(dir, "history.jsonl"), filepath.Join(dir, "kept")
		must(t, os.Rename(file, kept))
		must(t, os.Symlink("/dev/null", file))
		h.refresh()
		key := h.submit("y")
		if row := h.waitFor(key, history.Failed); row.Error.Code != "not_recorded" || row.Error.Sentence == "" || !h.hasNotice(runner.NotRecorded) {
			t.Errorf("%+v, notices %v", row.Error, h.notices)
		}
		if n := server.Counts().Posts; n != 1 || h.history.WriteError() == nil {
			t.Errorf("I2: %d posts, one was recorded; trouble %v", n, h.history.WriteError())
		}
		must(t, os.Remove(file))
		must(t, os.Rename(kept, file))
		h.advance(10 * time.Second)
		h.refresh()
		h.waitFor(h.submit("z"), history.Done)
		if n := server.Counts().Posts; n != 2 {
			t.Errorf("%d posts", n)
		}
	})
}

// TestI02IntentFirstNoFolder: if the folder cannot be written at all, nothing is bought.
func TestI02IntentFirstNoFolder(t *testing.T) {
	t.Parallel()
	scenario(t, "no folder", withList, func(t *testing.T, dir string, server *demo.Server, h *harness) {
		h.close()
		blocked := dir + "/blocked"
		if err := os.WriteFile(blocked, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		h = newHarness(t, blocked, server, withList)
		defer h.kill()
		key := h.submit("x")
		row := h.waitFor(key, history.Failed)
		if row.Error.Code != "not_recorded" || !h.hasNotice(runner.NotRecorded) || row.Live != nil {
			t.Errorf("%+v, notices %v", row.Error, h.notices)
		}
		if server.Counts().Posts != 0 {
			t.Error("it was bought")
		}
	})
}

// TestI01PaidOnceNotWhenCancelled: a cancel while the intent is being written keeps the POST from leaving, and the journal
// finally says that nothing was sent. Quitting at that moment does the same.
func TestI01PaidOnceNotWhenCancelled(t *testing.T) {
	t.Parallel()
	for name, stop := range map[string]func(h *harness, key string){
		"cancelled": func(h *harness, key string) { h.cancel(key) },
		"left":      func(h *harness, _ string) { h.quit() },
	} {
		scenario(t, name, withList, func(t *testing.T, dir string, server *demo.Server, h *harness) {
			written, going := make(chan struct{}), make(chan struct{})
			var second atomic.Bool
			h.runner.WrapJournal(func(write runner.Append, key string, line runner.Line) (history.Entry, error) {
				e, err := write(key, line)
				if !second.Swap(true) {
					close(written)
					<-going
				}
				return e, err
			})
			key := h.submit("x")
			<-written
			stop(h, key)
			close(going)
			h.advance(time.Minute)
			h.close()
			again := newHarness(t, dir, server, withList)
			defer again.close()
			again.resume()
			again.advance(time.Minute)
			if e := again.entry(key); e.State != history.Stopped || e.CancelReason != "never_sent" || sentValues(e) != "no " || server.Counts().Posts != 0 {
				t.Errorf("%s %q, attempts %q, %d posts", e.State, e.CancelReason, sentValues(e), server.Counts().Posts)
			}
		})
	}
}
