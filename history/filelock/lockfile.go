package filelock

import (
	"crypto/rand"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// An owner renews its lock file every heartbeatInterval. An owner on another machine that has not done so for deadAfter counts
// as dead, and its lock is taken over. For a process of this machine it is enough that it is not running.
const (
	heartbeatInterval = 15 * time.Second
	deadAfter         = time.Minute
)

const (
	heldSuffix  = ".held"  // a lock file's name is that of the lock with this suffix
	claimSuffix = ".claim" // of files that are about to become lock files, or are made only to read the server's time
	breakSuffix = ".break" // of the lock under which a dead process's lock file is removed
)

// A lockFile is a lock on shared storage that this process holds.
type lockFile struct {
	path string
	now  func() time.Time

	mu       sync.Mutex // guards the fields below
	self     owner
	renewed  time.Time // the last heartbeat, by the wall clock, which advances while the machine sleeps
	timer    *time.Timer
	released bool
}

// acquire makes the lock file at path, which only one process can do. held is false when another process holds it.
func (l *Locks) acquire(path string) (f *lockFile, held bool, err error) {
	if l.isFileHeld(path) {
		return nil, false, nil
	}
	now := l.options.Now()
	f = &lockFile{path: path, now: l.options.Now, self: l.self, renewed: now.Round(0)}
	f.self.Time, f.self.Token = now.UTC().Truncate(time.Second), rand.Text()
	made, err := l.create(f)
	if err != nil || !made {
		return nil, false, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.timer = time.AfterFunc(heartbeatInterval, func() { f.heartbeat() })
	return f, true, nil
}

// create gives the lock file its name and its content at once, by a hard link to a file that is already written. A process
// that is killed here therefore leaves no lock file without an owner. Without hard links the name comes first.
func (l *Locks) create(f *lockFile) (made bool, err error) {
	claim, err := l.writeClaim(f.self)
	if err != nil {
		return false, err
	}
	defer os.Remove(claim)
	if err = os.Link(claim, f.path); err == nil {
		return true, nil
	}
	if !errors.Is(err, os.ErrExist) {
		err = writeOwner(f.path, f.self)
	}
	if errors.Is(err, os.ErrExist) { // perhaps made by us, and the server's answer was lost (nfs(5))
		who, _, _ := readOwner(f.path)
		return who.Token == f.self.Token, nil
	}
	return err == nil, err
}

// writeClaim writes an owner into a file with a name that no other process uses.
func (l *Locks) writeClaim(who owner) (name string, err error) {
	dir := filepath.Join(l.dir, "running")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", err
	}
	name = filepath.Join(dir, rand.Text()+claimSuffix)
	return name, writeOwner(name, who)
}

// isFileHeld reports whether a lock file exists and its owner is alive. It removes the file of a dead owner, under a lock of
// its own: of several processes that find it at once only one removes it, and none removes its successor.
func (l *Locks) isFileHeld(path string) bool {
	who, renewed, err := readOwner(path)
	if errors.Is(err, os.ErrNotExist) {
		return false
	}
	if err != nil || !l.isDead(who, renewed) {
		return true
	}
	if filepath.Ext(path) == breakSuffix { // this lock is only held for a moment, so it needs no further lock
		return os.Remove(path) != nil
	}
	lock, held, err := l.acquire(path + breakSuffix)
	if err != nil || !held {
		return true
	}
	defer lock.release()
	who, renewed, err = readOwner(path) // it may have a new owner by now
	if errors.Is(err, os.ErrNotExist) {
		return false
	}
	if err != nil || !l.isDead(who, renewed) {
		return true
	}
	return os.Remove(path) != nil
}

// isDead reports whether an owner, whose last heartbeat was at that time by the server's clock, has ended or was silent for so
// long that it counts as dead.
func (l *Locks) isDead(who owner, renewed time.Time) bool {
	if who.Host != "" && who.Host == l.self.Host {
		switch running, sure := l.options.IsRunning(who.PID, who.Start); {
		case !running:
			return true
		case sure && who.PID != l.self.PID: // a lock file of our own may be one that could not be removed
			return false
		}
	}
	now, err := l.serverTime()
	return err == nil && now.Sub(renewed) > deadAfter
}

// isLost reports whether the lock belongs to another process by now.
func (f *lockFile) isLost() bool {
	f.mu.Lock()
	recent := f.now().Round(0).Sub(f.renewed).Abs() < deadAfter/2
	f.mu.Unlock()
	return !recent && !f.heartbeat()
}

// heartbeat renews the lock file, and reports false when it no longer belongs to this process.
func (f *lockFile) heartbeat() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.released {
		return false
	}
	f.self.Time = f.now().UTC().Truncate(time.Second)
	if err := f.renew(); err != nil {
		return false
	}
	f.renewed = f.now().Round(0)
	f.timer.Reset(heartbeatInterval)
	return true
}

var errNotOurs = errors.New("The lock belongs to another program.")

// renew rewrites the owner in the file that was checked to be ours: both go through one open file.
func (f *lockFile) renew() error {
	file, err := os.OpenFile(f.path, os.O_RDWR|nonBlocking, 0)
	if err != nil {
		return err
	}
	defer file.Close()
	if who, err := decodeOwner(file); err != nil || who.Token != f.self.Token {
		return errNotOurs
	}
	if _, err := file.WriteAt(f.self.line(), 0); err != nil {
		return err
	}
	return file.Sync()
}

// release removes the lock file. If that fails, because the server is away or somebody is reading the file, it tries again later.
func (f *lockFile) release() {
	lost := f.isLost()
	f.mu.Lock()
	defer f.mu.Unlock()
	f.released = true
	f.timer.Stop()
	if lost {
		return
	}
	if err := os.Remove(f.path); err != nil && !errors.Is(err, os.ErrNotExist) {
		f.timer = time.AfterFunc(time.Second, f.release)
	}
}

// A serverClock caches the clock of the machine that has the disk. Lock files' ages are measured by it alone, so that the clocks
// of two machines are never compared.
type serverClock struct {
	mu     sync.Mutex
	asked  time.Time // by the local clock, which is trusted to advance at the right pace, not to be right
	server time.Time // the server's time then
}

// clockTrust is how long the server's time is extrapolated before it is asked for again.
const clockTrust = time.Minute

// serverTime returns the server's time, which it reads from the time of a file that it makes.
func (l *Locks) serverTime() (time.Time, error) {
	c := &l.clock
	c.mu.Lock()
	defer c.mu.Unlock()
	if passed := l.options.Now().Sub(c.asked); !c.asked.IsZero() && passed < clockTrust {
		return c.server.Add(passed), nil
	}
	name, err := l.writeClaim(owner{})
	if err != nil {
		return time.Time{}, err
	}
	defer os.Remove(name)
	info, err := os.Stat(name)
	if err != nil {
		return time.Time{}, err
	}
	c.asked, c.server = l.options.Now(), info.ModTime()
	return c.server, nil
}
