package history

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"tintype/history/filelock"
)

// noFlock is a system that has no locks, as NFS without its lock service.
func noFlock(path string, _ bool) (func(), bool, error) {
	return nil, false, &fs.PathError{Op: "flock", Path: path, Err: syscall.ENOLCK}
}

// openShared opens a folder whose system has no locks, as the program of a host ("" for this one's).
func openShared(t testing.TB, dir, host string) *History {
	t.Helper()
	h := newHistory(Options{Dir: dir, App: "test", Now: func() time.Time { return noon }}, realDisk{})
	h.locks.System = noFlock
	if host != "" {
		h.locks.Me.Host = host
	}
	if err := h.open(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = h.Close() })
	return h
}

// leaveLock leaves a lock file as a holder would that is gone, or is not.
func leaveLock(t testing.TB, path string, who filelock.Holder, silent time.Duration) {
	t.Helper()
	who.Token = "LEFT"
	if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, who.Text(), 0o600)); err != nil {
		t.Fatal(err)
	}
	at := time.Now().Add(-silent)
	if err := os.Chtimes(path, at, at); err != nil {
		t.Fatal(err)
	}
}

// TestFaultNFSHome: where flock answers ENOLCK, lines are written under a lock file that names its holder, and a sentence says
// so; nothing is refused. Row “NFS/SMB home”.
func TestFaultNFSHome(t *testing.T) {
	for _, no := range []error{syscall.ENOLCK, syscall.ENOTSUP, syscall.EOPNOTSUPP, syscall.ENOSYS} {
		h := openShared(t, t.TempDir(), "")
		h.locks.System = func(string, bool) (func(), bool, error) { return nil, false, no }
		key, held := NewKey(noon), h.Path("history.lock.held")
		e, err := h.Append(key, func(e Entry) Entry {
			who, _, err := filelock.ReadHolder(held)
			if err != nil || who.PID != os.Getpid() || who.Host == "" || who.Time.IsZero() || who.Token == "" {
				t.Errorf("while the line is made the lock file says %+v, %v", who, err)
			}
			return prompt("a boat")(e)
		})
		if err != nil || e.Rev != 1 || h.WriteError() != nil {
			t.Fatalf("%v: %+v %v, trouble %v", no, e, err, h.WriteError())
		}
		if s := h.NetworkStorage(); !strings.Contains(s, "machines") || !strings.HasSuffix(s, ".") {
			t.Errorf("the notice is %q", s)
		}
		if _, err := os.Stat(held); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("the lock file stays: %v", err)
		}
		if left, _ := filepath.Glob(h.Path("running/*")); len(left) > 0 {
			t.Error("left behind:", left)
		}
		if found := kindsFound(t, h); found != string(OnNetworkStorage)+" "+string(Unfinished) {
			t.Errorf("doctor finds %s", found)
		}
	}
}

func kindsFound(t testing.TB, h *History) string {
	t.Helper()
	var kinds []string
	if _, err := h.Check(t.Context(), false, func(f Finding) {
		if f.Kind != OpenPermissions { // of a test's own folder
			kinds = append(kinds, string(f.Kind))
		}
	}); err != nil {
		t.Fatal(err)
	}
	return strings.Join(kinds, " ")
}

// TestFaultNFSHomeIsSeen: a folder on a network file system is locked with lock files though flock says yes there, perhaps to this
// machine alone; and so it is by a program on the server itself, which finds the others' mark. Row “NFS/SMB home”.
func TestFaultNFSHomeIsSeen(t *testing.T) {
	dir := t.TempDir()
	onServer := open(t, dir)
	must(t, onServer, NewKey(noon), prompt("before"))
	if s := onServer.NetworkStorage(); s != "" {
		t.Skip("tests run on shared storage here: ", s)
	}
	client := open(t, dir)
	client.locks.Across = func(string) string { return "NFS" }
	client.locks.Look()
	if !strings.Contains(client.NetworkStorage(), "NFS") {
		t.Fatalf("the notice is %q", client.NetworkStorage())
	}
	for _, h := range []*History{client, onServer} {
		must(t, h, NewKey(noon), func(e Entry) Entry {
			if _, _, err := filelock.ReadHolder(h.Path("history.lock.held")); err != nil {
				t.Error(err)
			}
			return prompt("after")(e)
		})
	}
	if onServer.NetworkStorage() == "" {
		t.Error("the program on the server did not see the mark")
	}
}

// TestFaultNFSHomeNoLockAtAll: only where not even a lock file can be made nothing is bought. Row “NFS/SMB home”.
func TestFaultNFSHomeNoLockAtAll(t *testing.T) {
	h := openShared(t, t.TempDir(), "")
	must(t, h, NewKey(noon), prompt("a"))
	before, _ := os.ReadFile(h.journal())
	if err := os.RemoveAll(h.Path("running")); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(h.Path("running"), nil, 0o600); err != nil { // no folder for claims
		t.Fatal(err)
	}
	_, err := h.Append(NewKey(noon), prompt("b"))
	var trouble *WriteError
	if !errors.As(err, &trouble) || trouble.Code != "no_lock" || h.WriteError() == nil || !strings.Contains(trouble.Sentence, "nothing is bought") {
		t.Errorf("%v, trouble %v", err, h.WriteError())
	}
	if after, _ := os.ReadFile(h.journal()); string(after) != string(before) {
		t.Error("a line was written without a lock")
	}
}

// TestFaultNFSHomeStoodStill: a program that stood still while it had the lock, so that another took it over, writes nothing, and
// does not remove the other's lock. Row “NFS/SMB home”.
func TestFaultNFSHomeStoodStill(t *testing.T) {
	h := openShared(t, t.TempDir(), "")
	held := h.Path("history.lock.held")
	got, err := h.lockJournal()
	if err != nil || got.Lost() {
		t.Fatalf("just taken, and lost: %v", err)
	}
	got.File.Seen = got.File.Seen.Add(-filelock.GoneAfter)
	if got.Lost() {
		t.Error("still ours after standing still, and lost")
	}
	other, _ := json.Marshal(filelock.Holder{Host: "other", Token: "OTHER"})
	if err := errors.Join(os.Remove(held), os.WriteFile(held, other, 0o600)); err != nil {
		t.Fatal(err)
	}
	got.File.Seen = got.File.Seen.Add(-filelock.GoneAfter)
	if !got.Lost() {
		t.Error("another has the lock, and it is not lost")
	}
	got.Release()
	if who, _, _ := filelock.ReadHolder(held); who.Token != "OTHER" {
		t.Errorf("the lock is %+v", who)
	}
	h.lock = func() (filelock.Hold, error) { return got, nil }
	if _, err := h.Append(NewKey(noon), prompt("a")); err == nil || !strings.Contains(err.Error(), "stood still") {
		t.Errorf("%v", err)
	}
	before, _ := os.Stat(h.journal())
	if _, err := h.Compact(t.Context()); err == nil || !strings.Contains(err.Error(), "stood still") {
		t.Errorf("%v", err)
	}
	if after, err := os.Stat(h.journal()); err != nil || !os.SameFile(before, after) {
		t.Errorf("another journal was put in its place (%v)", err)
	}
}

// TestFaultNFSHomeSignOfLife: who holds a lock for long says so, by a timer. Row “NFS/SMB home”.
func TestFaultNFSHomeSignOfLife(t *testing.T) {
	h := openShared(t, t.TempDir(), "")
	synctest.Test(t, func(t *testing.T) {
		driver := h.AcquireDriver()
		path := h.lockPath(driver) + filelock.HeldSuffix
		old := time.Now().Add(-time.Hour)
		for range 3 {
			if err := os.Chtimes(path, old, old); err != nil {
				t.Fatal(err)
			}
			time.Sleep(filelock.BeatGap)
			synctest.Wait()
			if _, at, err := filelock.ReadHolder(path); err != nil || at.Equal(old) {
				t.Errorf("no sign of life: %v, %v", at, err)
			}
		}
		h.releaseDriver()
	})
}
