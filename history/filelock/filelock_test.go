package filelock

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/synctest"
	"time"
)

// noFlock is the file lock of a system that has none, such as NFS without its lock service.
func noFlock(path string, _ bool) (func(), bool, error) {
	return nil, false, &fs.PathError{Op: "flock", Path: path, Err: syscall.ENOLCK}
}

// leaveLock makes a lock file whose owner gave its last heartbeat some time ago.
func leaveLock(t testing.TB, path string, who owner, silent time.Duration) {
	t.Helper()
	who.Token = "LEFT"
	if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, who.line(), 0o600)); err != nil {
		t.Fatal(err)
	}
	at := time.Now().Add(-silent)
	if err := os.Chtimes(path, at, at); err != nil {
		t.Fatal(err)
	}
}

func mustTry(t testing.TB, l *Locks, path string) Lock {
	t.Helper()
	lock, held, err := l.Try(path)
	if !held || err != nil {
		t.Fatalf("the lock is not taken: %v, %v", held, err)
	}
	return lock
}

// checkNothingLeft checks that no claims and no lock files remain.
func checkNothingLeft(t testing.TB, dir string) {
	t.Helper()
	claims, _ := filepath.Glob(filepath.Join(dir, "running/*"))
	held, _ := filepath.Glob(filepath.Join(dir, "*"+heldSuffix))
	if len(claims)+len(held) > 0 {
		t.Error("files left behind:", claims, held)
	}
}

func TestLockOnALocalDisk(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "some.lock")
	local := Options{NetworkKind: func(string) string { return "" }}
	one, two := New(dir, local), New(dir, local)
	one.Detect()
	if one.IsHeld(path) {
		t.Error("a lock that does not exist is held")
	}
	lock := mustTry(t, one, path)
	if _, held, err := two.Try(path); held || err != nil || !two.IsHeld(path) {
		t.Errorf("two have the lock, or it does not seem to be held: %v, %v", held, err)
	}
	lock.Release()
	if two.IsHeld(path) || lock.Lost() || one.NetworkStorage() != "" {
		t.Error("a released lock is held or lost, or the disk is not local")
	}
	mustTry(t, two, path).Release()
	checkNothingLeft(t, dir)
}

// TestFaultNFSHomeWithoutLocks: where the system has no locks, a lock is a lock file that names its owner.
func TestFaultNFSHomeWithoutLocks(t *testing.T) {
	t.Parallel()
	for _, no := range []error{syscall.ENOLCK, syscall.ENOTSUP, syscall.EOPNOTSUPP, syscall.ENOSYS} {
		dir := t.TempDir()
		path := filepath.Join(dir, "some.lock")
		l := New(dir, Options{FileLock: func(string, bool) (func(), bool, error) { return nil, false, no }})
		lock := mustTry(t, l, path)
		who, _, err := readOwner(path + heldSuffix)
		if err != nil || who.PID != os.Getpid() || who.Host == "" || who.Time.IsZero() || who.Token == "" {
			t.Errorf("the lock file says %+v, %v", who, err)
		}
		if !l.IsHeld(path) || !strings.Contains(l.NetworkStorage(), "machines") {
			t.Errorf("held: %v, notice %q", l.IsHeld(path), l.NetworkStorage())
		}
		lock.Release()
		if l.IsHeld(path) {
			t.Error("still held after its release")
		}
		checkNothingLeft(t, dir)
	}
}

// TestFaultNFSHomeMarker: network storage is detected although its flock succeeds, perhaps for this machine alone; by the marker
// a program on the file server, where the folder is local, uses lock files too.
func TestFaultNFSHomeMarker(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "some.lock")
	server := New(dir, Options{NetworkKind: func(string) string { return "" }})
	client := New(dir, Options{NetworkKind: func(string) string { return "NFS" }})
	mustTry(t, server, path).Release()
	client.Detect()
	if !strings.Contains(client.NetworkStorage(), "NFS") || server.NetworkStorage() != "" {
		t.Fatalf("notices %q and %q", client.NetworkStorage(), server.NetworkStorage())
	}
	for _, l := range []*Locks{client, server} {
		lock := mustTry(t, l, path)
		if _, _, err := readOwner(path + heldSuffix); err != nil {
			t.Error(err)
		}
		lock.Release()
	}
	if server.NetworkStorage() == "" {
		t.Error("the program on the server did not see the marker")
	}
}

// TestFaultNFSHomeStoodStillLock: a process that was suspended while it held a lock notices that another has taken it over, and
// does not remove the other's lock.
func TestFaultNFSHomeStoodStillLock(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "some.lock")
	var suspended time.Duration
	l := New(dir, Options{FileLock: noFlock, Now: func() time.Time { return time.Now().Add(suspended) }})
	lock := mustTry(t, l, path)
	if lock.Lost() {
		t.Fatal("lost as soon as taken")
	}
	suspended += deadAfter
	if lock.Lost() {
		t.Error("still ours after a suspension, and lost")
	}
	other, _ := json.Marshal(owner{Host: "other", Token: "OTHER"})
	if err := errors.Join(os.Remove(path+heldSuffix), os.WriteFile(path+heldSuffix, other, 0o600)); err != nil {
		t.Fatal(err)
	}
	suspended += deadAfter
	if !lock.Lost() {
		t.Error("another process has the lock, and it is not lost")
	}
	lock.Release()
	if who, _, _ := readOwner(path + heldSuffix); who.Token != "OTHER" {
		t.Errorf("the lock is %+v", who)
	}
}

// TestFaultNFSHomeSignOfLife: an owner renews a lock that it holds for long.
func TestFaultNFSHomeSignOfLife(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "some.lock")
	synctest.Test(t, func(t *testing.T) {
		lock := mustTry(t, New(dir, Options{FileLock: noFlock}), path)
		old := time.Now().Add(-time.Hour)
		for range 3 {
			if err := os.Chtimes(path+heldSuffix, old, old); err != nil {
				t.Fatal(err)
			}
			time.Sleep(heartbeatInterval)
			synctest.Wait()
			if _, renewed, err := readOwner(path + heldSuffix); err != nil || renewed.Equal(old) {
				t.Errorf("no heartbeat: %v, %v", renewed, err)
			}
		}
		lock.Release()
	})
}

// TestFaultNFSHomeTakenOverOnce: when two processes find a dead owner's lock at once, the faster one takes it and the slower one
// leaves it alone.
func TestFaultNFSHomeTakenOverOnce(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "some.lock")
	isRunning := func(pid int, _ string) (bool, bool) { return pid != 7, true }
	fast := New(dir, Options{FileLock: noFlock, IsRunning: isRunning})
	takeOver := sync.OnceFunc(func() { mustTry(t, fast, path) })
	slow := New(dir, Options{FileLock: noFlock, IsRunning: func(pid int, start string) (bool, bool) {
		takeOver()
		return isRunning(pid, start)
	}})
	leaveLock(t, path+heldSuffix, owner{Host: slow.Host(), PID: 7}, 0)
	if _, held, err := slow.Try(path); held || err != nil {
		t.Errorf("both have it (%v)", err)
	}
	if who, _, err := readOwner(path + heldSuffix); err != nil || who.PID != os.Getpid() {
		t.Errorf("the lock is %+v, %v", who, err)
	}
}

// TestFaultNFSHomeOneAtATime: many goroutines that take one lock, which dead owners leave behind again and again, never hold it at
// the same time.
func TestFaultNFSHomeOneAtATime(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "some.lock")
	var holders, taken atomic.Int32
	for range 6 {
		leaveLock(t, path+heldSuffix, owner{Host: "other"}, time.Hour)
		var wg sync.WaitGroup
		for range 4 {
			wg.Go(func() {
				l := New(dir, Options{FileLock: noFlock})
				for range 20 {
					lock, held, err := l.Try(path)
					if err != nil {
						t.Error(err)
					}
					if !held {
						continue
					}
					if holders.Add(1) != 1 {
						t.Error("two have the lock")
					}
					taken.Add(1)
					holders.Add(-1)
					lock.Release()
				}
			})
		}
		wg.Wait()
	}
	if taken.Load() < 6 {
		t.Errorf("taken %d times", taken.Load())
	}
}

func TestRemoveStale(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	running := filepath.Join(dir, "running")
	l := New(dir, Options{FileLock: noFlock})
	leaveLock(t, filepath.Join(running, "dead.lock"+heldSuffix), owner{Host: "other"}, 2*time.Hour)
	for _, name := range []string{"dead.lock", "free.lock", "some.claim", "other.txt"} {
		if err := os.WriteFile(filepath.Join(running, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	lock := mustTry(t, l, filepath.Join(running, "held.lock"))
	defer lock.Release()
	names := func() string {
		entries, _ := os.ReadDir(running)
		var names []string
		for _, entry := range entries {
			names = append(names, entry.Name())
		}
		return strings.Join(names, " ")
	}
	before := names()
	if l.RemoveStale(time.Now().Add(30 * time.Minute)); names() != before {
		t.Errorf("young files were removed: %s of %s", names(), before)
	}
	if l.RemoveStale(time.Now().Add(2 * time.Hour)); names() != "held.lock.held other.txt" {
		t.Errorf("left are %s", names())
	}
}
