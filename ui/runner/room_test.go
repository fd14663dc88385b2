package runner_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"tintype/api/demo"
	"tintype/history"
	"tintype/ui/runner"
)

// TestNothingIsBoughtWithoutAPlaceForThePicture: a purchase whose picture could not be saved is not sent, says which folder is at
// fault, and leaves no line. Once the folder is mended it is sent.
func TestNothingIsBoughtWithoutAPlaceForThePicture(t *testing.T) {
	t.Parallel()
	scenario(t, "a file in the folder's place", withoutList, func(t *testing.T, dir string, server *demo.Server, h *harness) {
		defer h.close()
		folder := filepath.Join(dir, "pictures")
		must(t, os.WriteFile(folder, nil, 0o600))
		key := h.submit("x")
		row := h.waitFor(key, history.Failed)
		if n := server.Counts().Posts; n != 0 || row.Error.Code != "not_recorded" || !strings.Contains(row.Error.Detail, folder) {
			t.Errorf("%d posts, %+v", n, row.Error)
		}
		if _, err := h.history.Get(key); !errors.Is(err, history.ErrNotFound) {
			t.Errorf("the journal has a line of it: %v", err)
		}
		must(t, os.Remove(folder))
		h.advance(10 * time.Second)
		h.refresh()
		h.waitFor(h.submit("y"), history.Done)
	})
}

// brokenJournal fails for every line that has an id, until it is mended.
type brokenJournal struct{ mended atomic.Bool }

func (b *brokenJournal) line(write runner.Append, key string, line runner.Line) (history.Entry, error) {
	failed := false
	e, err := write(key, func(latest history.Entry) history.Entry {
		next := line(latest)
		if failed = next.ID != "" && !b.mended.Load(); failed {
			return latest
		}
		return next
	})
	if failed {
		return history.Entry{}, errors.New("The disk with the history gives errors (input/output error).")
	}
	return e, err
}

// TestIDThatCannotBeWritten: an id that the journal does not take is told at once, stays on the row, is known when the program ends,
// and is written as soon as that works: while the job runs, after it has ended, and when the program is left.
func TestIDThatCannotBeWritten(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		when  func(h *harness, key string, mend func())
		saved bool // the journal has it in the end
	}{
		"while it runs": {func(h *harness, key string, mend func()) { mend(); h.waitFor(key, history.Done) }, true},
		"after its end": {func(h *harness, key string, mend func()) {
			h.waitFor(key, history.Done)
			h.advance(time.Minute)
			mend()
			for _, task := range h.runner.RecordUnwritten() {
				h.perform(task)
			}
			h.advance(time.Second)
		}, true},
		"when leaving": {func(_ *harness, _ string, mend func()) { mend() }, true},
		"never":        {func(h *harness, key string, _ func()) { h.waitFor(key, history.Done) }, false},
	} {
		scenario(t, name, withoutList, func(t *testing.T, dir string, server *demo.Server, h *harness) {
			h.setDuration(20 * time.Second)
			b := &brokenJournal{}
			h.runner.WrapJournal(b.line)
			key := h.submit("x")
			row := h.waitFor(key, history.Waiting)
			if !h.hasNotice(runner.IDNotOnDisk) || row.Live == nil || !row.Live.LacksID || row.ID == "" {
				t.Errorf("notices %v, row %+v", h.notices, row.Live)
			}
			if rows := h.runner.WithoutID(); len(rows) != 1 || rows[0].ID != row.ID {
				t.Errorf("without an id on disk: %+v", rows)
			}
			c.when(h, key, func() { b.mended.Store(true) })
			h.quit()
			ctx, cancel := context.WithTimeout(context.Background(), time.Second)
			defer cancel()
			err := h.runner.Close(ctx)
			rows := h.runner.WithoutID()
			e, _ := h.history.Get(key)
			h.kill()
			switch {
			case c.saved && (err != nil || len(rows) > 0 || e.ID != row.ID):
				t.Errorf("close: %v; without an id: %d; the journal has %q", err, len(rows), e.ID)
			case !c.saved && (err == nil || len(rows) != 1 || rows[0].ID != row.ID || e.ID != ""):
				t.Errorf("close: %v; without an id: %+v; the journal has %q", err, rows, e.ID)
			}
			if n := server.Counts().Posts; n != 1 {
				t.Errorf("%d posts", n)
			}
		})
	}
}

// TestCloseWritesWhatFailedInItsOwnTime: an answer that arrives while the program is left, and whose line fails once, is written by
// the time that Close returns.
func TestCloseWritesWhatFailedInItsOwnTime(t *testing.T) {
	t.Parallel()
	scenario(t, "an answer during Close", withoutList, func(t *testing.T, dir string, server *demo.Server, h *harness) {
		h.setFaults(demo.Fault{On: demo.Create, Delay: 300 * time.Millisecond})
		var failures atomic.Int32
		h.runner.WrapJournal(func(write runner.Append, key string, line runner.Line) (history.Entry, error) {
			if server.Counts().Accepted > 0 && failures.Add(1) == 1 {
				return history.Entry{}, errors.New("The disk did not confirm a line.")
			}
			return write(key, line)
		})
		key := h.submit("x")
		h.advance(100 * time.Millisecond)
		h.close()
		again := newHarness(t, dir, server, withoutList)
		defer again.close()
		if e := again.entry(key); e.ID == "" || failures.Load() < 2 {
			t.Errorf("after leaving the journal has the id %q in state %s; %d lines were tried", e.ID, e.State, failures.Load())
		}
	})
}
