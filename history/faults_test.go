package history

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"tintype/history/disk"
	"tintype/history/filelock"
)

// A memHistory is a history on a memDisk.
type memHistory struct {
	*History
	disk *memDisk
}

func openInMemory(t testing.TB) (*memHistory, *memDisk) {
	d := &memDisk{files: map[string]*memFile{}, err: syscall.EIO}
	h := &memHistory{disk: d}
	h.restart(t)
	return h, d
}

// restart opens the history as the next start of the program would.
func (h *memHistory) restart(t testing.TB) {
	t.Helper()
	h.History = newHistory(Options{Dir: "/h", App: "test", Now: func() time.Time { return noon }}, h.disk, filelock.Options{})
	h.History.dir = "/h"
	h.lock = func() (filelock.Lock, error) { return filelock.Lock{}, nil }
	if err := h.open(); err != nil && h.disk.failAt == 0 {
		t.Fatal(err)
	}
}

// TestI07AnyByteAtEachFault lets each file operation of a short scenario fail, once or from then on, until no fault is reached.
// What was acknowledged is there, after a power loss too; nothing panics, every refusal is a sentence, and when the disk works
// again everything works.
func TestI07AnyByteAtEachFault(t *testing.T) {
	t.Parallel()
	eachFault(t, func(what string, s *scenario) {
		s.disk.losePower(true)
		s.h.restart(t)
		for key, rev := range s.acked {
			if e, err := s.h.Get(key); err != nil || e.Rev < rev {
				t.Fatalf("%s: %s was acknowledged at %d, is %d after a power loss (%v)", what, key, rev, e.Rev, err)
			}
		}
	})
}

// TestI06AppendOnlyAtEachFault: at no moment of that scenario, at which the program may be killed, is an old byte changed.
func TestI06AppendOnlyAtEachFault(t *testing.T) {
	t.Parallel()
	eachFault(t, func(what string, s *scenario) {
		if s.changed != "" {
			t.Fatalf("%s: old bytes changed: %s", what, s.changed)
		}
	})
}

// A scenario is a history on a disk with a fault, and what it has acknowledged.
type scenario struct {
	h       *memHistory
	disk    *memDisk
	acked   map[string]int // revisions by key
	refused int
	kept    []byte // what must not change
	changed string // when it changed
}

func eachFault(t *testing.T, check func(what string, s *scenario)) {
	for _, always := range []bool{false, true} {
		for _, cause := range []error{syscall.EIO, syscall.ENOSPC, fs.ErrPermission} {
			n, reached := 1, true
			for ; reached; n++ {
				var s *scenario
				what := fmt.Sprintf("operation %d (always: %v, %v)", n, always, cause)
				s, reached = runScenario(t, what, n, always, cause)
				check(what, s)
			}
			if n < 30 {
				t.Errorf("the scenario has only %d operations", n)
			}
		}
	}
}

// watch checks that the old bytes are unchanged.
func (s *scenario) watch(d *memDisk) {
	if now := d.files["/h/history.jsonl"]; now == nil || !bytes.HasPrefix(now.data, s.kept) {
		s.changed = fmt.Sprintf("at operation %d", d.count)
	}
}

// runScenario runs the scenario with the n-th operation failing. reached is false when it has fewer operations.
func runScenario(t *testing.T, what string, n int, always bool, cause error) (s *scenario, reached bool) {
	h, d := openInMemory(t)
	s = &scenario{h: h, disk: d, acked: map[string]int{}}
	mustAppend(t, h.History, NewKey(noon), withPrompt("from before"))
	s.kept = d.contents("history.jsonl")
	d.count, d.failAt, d.always, d.err, d.watch = 0, n, always, cause, s.watch
	h.restart(t)
	for i := range 4 {
		key := NewKey(noon)
		for rev, change := range []func(Entry) Entry{withPrompt(fmt.Sprint("boat ", i)), withState(Waiting), withState(Done)} {
			s.append(t, what, key, change)
			if got := s.acked[key]; !always && s.refused == 0 && got != rev+1 {
				t.Fatalf("%s: revision %d, want %d", what, got, rev+1)
			}
		}
		_, _ = h.Refresh(t.Context())
		_, _ = h.Latest(3)
	}
	reached = d.count >= n
	d.failAt = 0
	if !always && s.refused > 3 {
		t.Fatalf("%s: a single fault refused %d lines", what, s.refused)
	}
	mustAppend(t, h.History, NewKey(noon), withPrompt("the disk works again"))
	if h.WriteError() != nil {
		t.Fatalf("%s: still %v", what, h.WriteError())
	}
	h.restart(t)
	have := readRevisions(d.contents("history.jsonl"))
	for key, rev := range s.acked {
		if e, err := h.Get(key); err != nil || e.Rev < rev || have[key] < rev {
			t.Fatalf("%s: %s was acknowledged at %d, is %d (%v)", what, key, rev, e.Rev, err)
		}
	}
	return s, reached
}

func (s *scenario) append(t *testing.T, what, key string, change func(Entry) Entry) {
	t.Helper()
	e, err := s.h.Append(key, change)
	if err == nil {
		s.acked[key], s.kept = e.Rev, s.disk.contents("history.jsonl")
		return
	}
	s.refused++
	if s.h.WriteError() == nil || !strings.HasPrefix(err.Error(), "The ") {
		t.Fatalf("%s: %v, write error %v", what, err, s.h.WriteError())
	}
}

func TestLineIsWrittenAgainAfterFailedSync(t *testing.T) {
	t.Parallel()
	h, d := openInMemory(t)
	mustAppend(t, h.History, NewKey(noon), withPrompt("a"))
	for n := 1; n < 40; n++ {
		d.count, d.failAt = 0, n
		before := len(d.contents("history.jsonl"))
		_, err := h.Append(NewKey(noon), withPrompt("b"))
		d.failAt = 0
		if err == nil && h.Recovered() != "" {
			lines := bytes.Split(d.contents("history.jsonl")[before:], []byte("\n"))
			if len(lines) != 4 || !bytes.Equal(lines[0], lines[2]) || len(lines[1]) > 0 || h.WriteError() != nil {
				t.Errorf("%q, write error %v", lines, h.WriteError())
			}
			return
		}
	}
	t.Error("no operation was the sync")
}

// TestFaultDiskFullPasses: WriteError is set while the disk is full, and cleared once there is space, without an attempt to
// buy.
func TestFaultDiskFullPasses(t *testing.T) {
	t.Parallel()
	h, d := openInMemory(t)
	d.failAt, d.always, d.count, d.err = 1, true, 0, syscall.ENOSPC
	_, err := h.Append(NewKey(noon), withPrompt("a"))
	var writeErr *WriteError
	if !errors.As(err, &writeErr) || writeErr.Code != "full" || h.WriteError() == nil {
		t.Fatalf("%v, %v", err, h.WriteError())
	}
	at := noon
	h.now = func() time.Time { at = at.Add(time.Second); return at }
	for range 10 {
		_, _ = h.Refresh(t.Context())
	}
	if h.WriteError() == nil {
		t.Error("WriteError was cleared although the disk is still full")
	}
	d.failAt = 0
	for range 10 {
		_, _ = h.Refresh(t.Context())
	}
	if h.WriteError() != nil {
		t.Errorf("the disk works again, and WriteError is still %v", h.WriteError())
	}
}

// TestFaultNFSHomeBuysNothingUnlocked: without a lock nothing is written, and everything can be read.
func TestFaultNFSHomeBuysNothingUnlocked(t *testing.T) {
	t.Parallel()
	h, d := openInMemory(t)
	mustAppend(t, h.History, NewKey(noon), withPrompt("a"))
	before := d.contents("history.jsonl")
	h.lock = func() (filelock.Lock, error) { return filelock.Lock{}, disk.ExplainLock("/h", syscall.ENOLCK) }
	if _, err := h.Append(NewKey(noon), withPrompt("b")); err == nil || h.WriteError() == nil || !strings.Contains(err.Error(), "network drive") {
		t.Errorf("%v", err)
	}
	if e, err := h.Latest(5); err != nil || len(e) != 1 || !bytes.Equal(before, d.contents("history.jsonl")) {
		t.Errorf("%v %v", e, err)
	}
}

// TestFaultReadOnlyHomeGoesOn: a history that cannot be written can be read, and is written again as soon as that is possible.
func TestFaultReadOnlyHomeGoesOn(t *testing.T) {
	t.Parallel()
	h, d := openInMemory(t)
	key := NewKey(noon)
	mustAppend(t, h.History, key, withPrompt("a boat"))
	d.readOnly = true
	h.restart(t)
	var writeErr *WriteError
	if !errors.As(h.WriteError(), &writeErr) || writeErr.Code != "read_only" || !strings.Contains(writeErr.Error(), "/h") {
		t.Fatalf("%v", h.WriteError())
	}
	if e, err := h.Latest(1); err != nil || len(e) != 1 || h.BuildIndex(t.Context()) != nil || h.Len() != 1 {
		t.Errorf("%v %v", e, err)
	}
	if _, err := h.Append(key, withState(Done)); !errors.As(err, &writeErr) {
		t.Errorf("%v", err)
	}
	d.readOnly = false
	if mustAppend(t, h.History, key, withState(Done)).Rev != 2 || h.WriteError() != nil {
		t.Errorf("%v", h.WriteError())
	}
}

// TestFaultReadOnlyHomeByMode: the same in a folder that this user may not write.
func TestFaultReadOnlyHomeByMode(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	mustAppend(t, openHistory(t, dir), NewKey(noon), withPrompt("a boat"))
	if err := os.Chmod(dir, 0o500); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(filepath.Join(dir, "history.jsonl"), 0o400); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(dir, 0o700) })
	if f, err := os.OpenFile(filepath.Join(dir, "history.jsonl"), os.O_RDWR, 0); err == nil {
		_ = f.Close()
		t.Skip("this user may write everything")
	}
	h := openHistory(t, dir)
	if e, err := h.Latest(1); err != nil || len(e) != 1 {
		t.Errorf("%v %v", e, err)
	}
	if _, err := h.Append(NewKey(noon), withPrompt("b")); err == nil || h.WriteError() == nil {
		t.Errorf("%v %v", err, h.WriteError())
	}
}

// TestI07AnyBytePowerLoss: what was acknowledged survives when everything that was not synced is lost or returns as zero bytes.
func TestI07AnyBytePowerLoss(t *testing.T) {
	t.Parallel()
	h, d := openInMemory(t)
	var acked []string
	for i := range 60 {
		key := NewKey(noon)
		if i%3 == 2 { // a write that did not return before the power loss
			f := d.files[h.journalPath()]
			f.data = append(f.data, `{"v":1,"key":"`[:i%14]...)
		} else {
			mustAppend(t, h.History, key, withPrompt("boat"))
			acked = append(acked, key)
		}
		d.losePower(i%2 == 1)
		h.restart(t)
		entries, err := h.Entries(acked)
		if err != nil || len(entries) != len(acked) {
			t.Fatalf("loss %d: %d of %d (%v)", i, len(entries), len(acked), err)
		}
	}
}

// TestI07AnyBytePowerLossOfTheName: the name of a new journal is durable before its first line is acknowledged, although the
// program that created or renamed the file died before it synced the folder.
func TestI07AnyBytePowerLossOfTheName(t *testing.T) {
	t.Parallel()
	h, d := openInMemory(t)
	for range 2 {
		d.durable = nil // as if that program had been killed at once
		h.restart(t)
		key := NewKey(noon)
		mustAppend(t, h.History, key, withPrompt("boat"))
		d.losePower(false)
		h.restart(t)
		if _, err := h.Get(key); err != nil {
			t.Fatalf("the line was acknowledged and is lost with its file: %v", err)
		}
	}
}
