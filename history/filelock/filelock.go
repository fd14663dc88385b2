package filelock

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"time"
)

// Marker is the name of the file that marks a data folder as being on shared storage. It tells a program that runs on the file
// server itself, where the folder looks like a local disk, that other machines use lock files.
const Marker = "history.shared"

// markerText is for people who find the file.
const markerText = "This folder is on storage that machines share, so tintype locks it with lock files.\n" +
	"If that is no longer so, delete this file while no tintype runs.\n"

// Options replace what Locks asks the operating system for. The zero value uses the system. Tests set them to simulate shared
// storage (FileLock, NetworkKind), other hosts (Host), dead processes (IsRunning) and clocks (Now).
type Options struct {
	// FileLock locks the file at path, for this process alone or shared with others. held is false when another process
	// holds it. An error such as ENOLCK means that the storage has no locks.
	FileLock func(path string, exclusive bool) (unlock func(), held bool, err error)
	// NetworkKind returns the kind of network storage that a folder is on ("NFS"), "" for a local disk.
	NetworkKind func(dir string) string
	// IsRunning reports whether a process of this host is running. sure is false when its number may have been reused.
	IsRunning func(pid int, start string) (running, sure bool)
	// Host identifies this machine, and this boot of it, among all that share the storage.
	Host string
	// Now returns the local time.
	Now func() time.Time
}

// Locks takes the locks of one data folder. Its methods may be called from several goroutines.
type Locks struct {
	dir     string
	options Options
	self    owner                  // this process
	shared  atomic.Pointer[string] // what NetworkStorage returns; nil while the system's locks are enough
	clock   serverClock
}

// New returns the locks of a data folder.
func New(dir string, o Options) *Locks {
	l := &Locks{dir: dir, options: o, self: thisProcess()}
	if o.FileLock == nil {
		l.options.FileLock = systemLock
	}
	if o.NetworkKind == nil {
		l.options.NetworkKind = networkKind
	}
	if o.IsRunning == nil {
		l.options.IsRunning = isRunning
	}
	if o.Host != "" {
		l.self.Host = o.Host
	}
	if o.Now == nil {
		l.options.Now = time.Now
	}
	return l
}

// Host identifies this machine and, if the system reports it, this boot of it; "" when it cannot be distinguished from others.
func (l *Locks) Host() string { return l.self.Host }

// A Lock is held by this process until Release. The zero Lock protects nothing; Release and Lost accept it.
type Lock struct {
	unlock func()
	file   *lockFile // nil where the system's lock is enough
}

// Release gives the lock up.
func (l Lock) Release() {
	if l.file != nil {
		l.file.release()
	}
	if l.unlock != nil {
		l.unlock()
	}
}

// Lost reports whether another process has taken the lock over, as it may when this one was suspended for a minute.
func (l Lock) Lost() bool { return l.file != nil && l.file.isLost() }

// Try takes the lock at path. held is false when another process has it. An error means that nothing can be locked there.
func (l *Locks) Try(path string) (lock Lock, held bool, err error) {
	unlock, held, err := l.options.FileLock(path, true)
	switch {
	case err != nil && !hasNoLocks(err):
		return Lock{}, false, err
	case err != nil:
		l.share("which has no locks of its own")
		unlock = func() {}
	case !held:
		return Lock{}, false, nil
	}
	if !l.isShared() {
		return Lock{unlock: unlock}, true, nil
	}
	file, held, err := l.acquire(path + heldSuffix)
	if err != nil || !held {
		unlock()
		return Lock{}, false, err
	}
	return Lock{unlock, file}, true, nil
}

// IsHeld reports whether a running process holds the lock at path. When that cannot be determined, it reports true.
func (l *Locks) IsHeld(path string) bool {
	who, renewed, err := readOwner(path + heldSuffix)
	if err == nil {
		return !l.isDead(who, renewed)
	}
	if !errors.Is(err, os.ErrNotExist) {
		return true
	}
	if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
		return false
	}
	unlock, free, err := l.options.FileLock(path, false) // shared, so that two processes that ask at once do not see each other
	if err != nil {
		return !hasNoLocks(err) // where the system has no locks, an owner would have a lock file
	}
	if free {
		unlock()
	}
	return !free
}

// staleAfter is the age from which RemoveStale removes a free lock. A younger one may be about to be taken.
const staleAfter = time.Hour

// RemoveStale removes the locks in the folder running whose processes have ended an hour ago or earlier.
func (l *Locks) RemoveStale(now time.Time) {
	entries, _ := os.ReadDir(filepath.Join(l.dir, "running"))
	for _, entry := range entries {
		info, err := entry.Info()
		path := filepath.Join(l.dir, "running", entry.Name())
		switch {
		case err != nil || now.Sub(info.ModTime()) < staleAfter:
		case strings.HasSuffix(path, ".lock") && !l.IsHeld(path):
			_ = os.Remove(path)
			_ = os.Remove(path + heldSuffix)
		case filepath.Ext(path) == claimSuffix:
			_ = os.Remove(path)
		}
	}
}

// NetworkStorage returns a sentence for the user when lock files are used because the folder is, or may be, on storage that
// several machines use; "" on a local disk. Detect or the first Try finds out.
func (l *Locks) NetworkStorage() string {
	if s := l.shared.Load(); s != nil {
		return *s
	}
	return ""
}

// Detect finds out what kind of storage the folder is on.
func (l *Locks) Detect() {
	if l.isShared() {
		return
	}
	if kind := l.options.NetworkKind(l.dir); kind != "" {
		l.share(kind)
	}
}

// isShared reports whether lock files are needed.
func (l *Locks) isShared() bool {
	if l.shared.Load() != nil {
		return true
	}
	if _, err := os.Stat(filepath.Join(l.dir, Marker)); err != nil {
		return false
	}
	l.share("as " + Marker + " there says")
	return true
}

// share switches to lock files for good, and marks the folder so that all programs do.
func (l *Locks) share(kind string) {
	if l.shared.Load() != nil {
		return
	}
	s := "The data folder is on storage that machines may share (" + kind + "); programs take turns there by lock files, which is slower. " +
		"A folder on this machine is better; name one with --data-dir."
	l.shared.Store(&s)
	f, err := os.OpenFile(filepath.Join(l.dir, Marker), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return // it exists; or the folder cannot be written, which taking a lock will report
	}
	_, _ = f.WriteString(markerText)
	_ = f.Close()
}
