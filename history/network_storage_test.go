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

	"tintype/history/disk"
	"tintype/history/filelock"
)

// noFlock is the file lock of a system that has none, such as NFS without its lock service.
func noFlock(path string, _ bool) (func(), bool, error) {
	return nil, false, &fs.PathError{Op: "flock", Path: path, Err: syscall.ENOLCK}
}

// openShared opens a folder whose system has no file locks, from a host ("" for this one).
func openShared(t testing.TB, dir, host string) *History {
	t.Helper()
	return openLocked(t, dir, filelock.Options{FileLock: noFlock, Host: host})
}

func openLocked(t testing.TB, dir string, o filelock.Options) *History {
	t.Helper()
	h := newHistory(Options{Dir: dir, App: "test", Now: func() time.Time { return noon }}, disk.System{}, o)
	if err := h.open(); err != nil {
		t.Fatal(err)
	}
	h.locks.Detect()
	t.Cleanup(func() { _ = h.Close() })
	return h
}

// leaveLock makes a lock file as another machine would, whose owner gave its last heartbeat some time ago.
func leaveLock(t testing.TB, path string, silent time.Duration) {
	t.Helper()
	if err := os.WriteFile(path, []byte(`{"host":"other","pid":7,"token":"OTHER"}`+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	at := time.Now().Add(-silent)
	if err := os.Chtimes(path, at, at); err != nil {
		t.Fatal(err)
	}
}

// lockToken returns the token in a lock file, "" when there is none.
func lockToken(path string) string {
	var owner struct{ Token string }
	data, _ := os.ReadFile(path)
	_ = json.Unmarshal(data, &owner)
	return owner.Token
}

// TestFaultNFSHome: where flock returns ENOLCK, lines are written under a lock file, a sentence tells the user, and nothing is
// refused.
func TestFaultNFSHome(t *testing.T) {
	t.Parallel()
	h := openShared(t, t.TempDir(), "")
	key, held := NewKey(noon), h.Path("history.lock.held")
	e, err := h.Append(key, func(e Entry) Entry {
		if lockToken(held) == "" {
			t.Error("there is no lock file while the line is made")
		}
		return withPrompt("a boat")(e)
	})
	if err != nil || e.Rev != 1 || h.WriteError() != nil {
		t.Fatalf("%+v %v, write error %v", e, err, h.WriteError())
	}
	if s := h.NetworkStorage(); !strings.Contains(s, "machines") || !strings.HasSuffix(s, ".") {
		t.Errorf("the notice is %q", s)
	}
	if _, err := os.Stat(held); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the lock file remains: %v", err)
	}
	if left, _ := filepath.Glob(h.Path("running/*")); len(left) > 0 {
		t.Error("files left behind:", left)
	}
	if found := findingKinds(t, h); found != string(OnNetworkStorage)+" "+string(Unfinished) {
		t.Errorf("Check finds %s", found)
	}
}

func findingKinds(t testing.TB, h *History) string {
	t.Helper()
	var kinds []string
	if _, err := h.Check(t.Context(), false, func(f Finding) {
		if f.Kind != OpenPermissions { // of the folder that testing made
			kinds = append(kinds, string(f.Kind))
		}
	}); err != nil {
		t.Fatal(err)
	}
	return strings.Join(kinds, " ")
}

// TestFaultNFSHomeIsSeen: lock files are used on a network file system although its flock succeeds, perhaps for this machine alone,
// and by a program on the server itself, which finds the marker of the others.
func TestFaultNFSHomeIsSeen(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	onServer := openHistory(t, dir)
	mustAppend(t, onServer, NewKey(noon), withPrompt("before"))
	if s := onServer.NetworkStorage(); s != "" {
		t.Skip("tests run on shared storage here: ", s)
	}
	client := openLocked(t, dir, filelock.Options{NetworkKind: func(string) string { return "NFS" }})
	if !strings.Contains(client.NetworkStorage(), "NFS") {
		t.Fatalf("the notice is %q", client.NetworkStorage())
	}
	for _, h := range []*History{client, onServer} {
		mustAppend(t, h, NewKey(noon), func(e Entry) Entry {
			if lockToken(h.Path("history.lock.held")) == "" {
				t.Error("there is no lock file")
			}
			return withPrompt("after")(e)
		})
	}
	if onServer.NetworkStorage() == "" {
		t.Error("the program on the server did not see the marker")
	}
}

// TestFaultNFSHomeTakesOver: the journal's lock is taken over from a dead owner. A living owner is waited for, and when it does not
// release the lock nothing is recorded. (Who counts as dead is tested in filelock.)
func TestFaultNFSHomeTakesOver(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		silent time.Duration
		over   bool
	}{"a living owner": {0, false}, "a dead owner": {time.Hour, true}} {
		t.Run(name, func(t *testing.T) {
			h := openShared(t, t.TempDir(), "")
			held := h.Path("history.lock.held")
			leaveLock(t, held, c.silent)
			synctest.Test(t, func(t *testing.T) { // in which the two seconds of waiting pass at once
				_, err := h.Append(NewKey(noon), withPrompt("a boat"))
				var refused *WriteError
				if c.over && err != nil || !c.over && (!errors.As(err, &refused) || refused.Code != "busy") {
					t.Errorf("%v", err)
				}
			})
			if data, _ := os.ReadFile(h.journalPath()); (len(data) > 0) != c.over {
				t.Errorf("the journal is %q", data)
			}
			if !c.over && lockToken(held) != "OTHER" {
				t.Errorf("the living owner's lock is now %q", lockToken(held))
			}
		})
	}
}

// TestFaultNFSHomeNoLockAtAll: nothing is bought where not even a lock file can be made.
func TestFaultNFSHomeNoLockAtAll(t *testing.T) {
	t.Parallel()
	h := openShared(t, t.TempDir(), "")
	mustAppend(t, h, NewKey(noon), withPrompt("a"))
	before, _ := os.ReadFile(h.journalPath())
	if err := os.RemoveAll(h.Path("running")); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(h.Path("running"), nil, 0o600); err != nil { // so that no claim can be written
		t.Fatal(err)
	}
	_, err := h.Append(NewKey(noon), withPrompt("b"))
	var refused *WriteError
	if !errors.As(err, &refused) || refused.Code != "no_lock" || h.WriteError() == nil || !strings.Contains(refused.Sentence, "nothing is bought") {
		t.Errorf("%v, write error %v", err, h.WriteError())
	}
	if after, _ := os.ReadFile(h.journalPath()); string(after) != string(before) {
		t.Error("a line was written without a lock")
	}
}

// TestFaultNFSHomeStoodStill: a program that was suspended while it had the lock, so that another took it over, writes nothing, and
// does not remove the other's lock.
func TestFaultNFSHomeStoodStill(t *testing.T) {
	t.Parallel()
	var suspended time.Duration
	h := openLocked(t, t.TempDir(), filelock.Options{FileLock: noFlock, Now: func() time.Time { return time.Now().Add(suspended) }})
	held := h.Path("history.lock.held")
	lock, err := h.lockJournal()
	if err != nil || lock.Lost() {
		t.Fatalf("lost as soon as taken: %v", err)
	}
	suspended += time.Minute
	if lock.Lost() {
		t.Error("still ours after a suspension, and lost")
	}
	if err := os.Remove(held); err != nil {
		t.Fatal(err)
	}
	leaveLock(t, held, 0)
	suspended += time.Minute
	if !lock.Lost() {
		t.Error("another program has the lock, and it is not lost")
	}
	lock.Release()
	if lockToken(held) != "OTHER" {
		t.Errorf("the lock is %q", lockToken(held))
	}
	h.lock = func() (filelock.Lock, error) { return lock, nil }
	if _, err := h.Append(NewKey(noon), withPrompt("a")); err == nil || !strings.Contains(err.Error(), "was paused") {
		t.Errorf("%v", err)
	}
	before, _ := os.Stat(h.journalPath())
	if _, err := h.Compact(t.Context()); err == nil || !strings.Contains(err.Error(), "was paused") {
		t.Errorf("%v", err)
	}
	if after, err := os.Stat(h.journalPath()); err != nil || !os.SameFile(before, after) {
		t.Errorf("the journal was replaced (%v)", err)
	}
}
