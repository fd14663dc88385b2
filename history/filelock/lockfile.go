package filelock

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// HeldSuffix is what a lock file's name has behind that of the lock.
const HeldSuffix = ".held"

// A holder gives a sign of life each BeatGap while it holds a lock file. One on another machine that gave none for GoneAfter
// counts as gone, and its lock is taken over; on this machine it is enough that it does not run.
const (
	BeatGap   = 15 * time.Second
	GoneAfter = time.Minute
)

// A holder is what stands in a lock file: which program holds the lock.
type Holder struct {
	Host  string    `json:"host"`            // and which start of it, and which of its containers
	PID   int       `json:"pid"`             //
	Start string    `json:"start,omitempty"` // when the process began, in the system's own count; a later one may get its pid
	Time  time.Time `json:"time"`            // of the last sign of life, by its own clock: for people. The file's time is what counts
	Token string    `json:"token"`           // of this taking of the lock
}

// A lockFile is a lock on shared storage that this program holds.
type lockFile struct {
	path string
	mu   sync.Mutex // guards what is below
	me   Holder
	Seen time.Time // of the last sign of life; by the wall clock, which goes on while the machine sleeps
	next *time.Timer
	over bool
}

// take makes the lock file at path, which only one program can, or says that another has it.
func (l *Locks) take(path string) (*lockFile, bool, error) {
	if l.stands(path) {
		return nil, false, nil
	}
	k := &lockFile{path: path, me: l.Me}
	k.me.Time, k.me.Token, k.Seen = time.Now().UTC().Truncate(time.Second), rand.Text(), time.Now().Round(0)
	made, err := l.make(k)
	if err != nil || !made {
		return nil, false, err
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.next = time.AfterFunc(BeatGap, func() { k.beat() })
	return k, true, nil
}

// make gives the lock file its name and its text at once: by a hard link to a file that is written already. So a program that
// is killed here leaves no lock of which nobody knows whose it is. Without hard links the name comes first.
func (l *Locks) make(k *lockFile) (made bool, err error) {
	claim, err := l.claim(k.me)
	if err != nil {
		return false, err
	}
	defer os.Remove(claim)
	if err = os.Link(claim, k.path); err == nil {
		return true, nil
	}
	if !errors.Is(err, os.ErrExist) {
		err = writeHolder(k.path, k.me)
	}
	if errors.Is(err, os.ErrExist) { // perhaps by ourselves, and the answer was lost on its way (nfs(5))
		who, _, _ := ReadHolder(k.path)
		return who.Token == k.me.Token, nil
	}
	return err == nil, err
}

// claim writes a holder into a file of a name that nobody else has.
func (l *Locks) claim(who Holder) (name string, err error) {
	dir := filepath.Join(l.dir, "running")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", err
	}
	name = filepath.Join(dir, rand.Text()+ClaimSuffix)
	return name, writeHolder(name, who)
}

// ClaimSuffix is that of files that are lock files in a moment, or only ask the time.
const ClaimSuffix = ".claim"

// stands reports whether a lock file is there and its holder lives. One whose holder is gone is removed: under a lock of its
// own, so that of those who find it at once only one does, and no new lock is taken for the old one.
func (l *Locks) stands(path string) bool {
	who, at, err := ReadHolder(path)
	if errors.Is(err, os.ErrNotExist) {
		return false
	}
	if err != nil || !l.gone(who, at) {
		return true
	}
	if filepath.Ext(path) == breakSuffix { // who died here did so within a moment's work
		return os.Remove(path) != nil
	}
	turn, mine, err := l.take(path + breakSuffix)
	if err != nil || !mine {
		return true
	}
	defer turn.remove()
	now, at, err := ReadHolder(path)
	if errors.Is(err, os.ErrNotExist) {
		return false
	}
	if err != nil || !l.gone(now, at) {
		return true
	}
	return os.Remove(path) != nil
}

// breakSuffix is that of the lock under which a dead program's lock file is removed.
const breakSuffix = ".break"

// gone reports whether a holder, who gave its last sign of life at that time by the server's clock, is gone for certain or for
// so long that it counts as gone.
func (l *Locks) gone(who Holder, at time.Time) bool {
	if who.Host != "" && who.Host == l.Me.Host {
		switch runs, sure := l.Runs(who.PID, who.Start); {
		case !runs:
			return true
		case sure && who.PID != l.Me.PID: // of our own there may be one that could not be removed
			return false
		}
	}
	now, err := l.serverTime()
	return err == nil && now.Sub(at) > GoneAfter
}

// lost reports whether the lock is another's by now.
func (k *lockFile) lost() bool {
	k.mu.Lock()
	fresh := time.Now().Round(0).Sub(k.Seen).Abs() < GoneAfter/2
	k.mu.Unlock()
	return !fresh && !k.beat()
}

// beat gives a sign of life; false when the lock is not ours any more.
func (k *lockFile) beat() bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.over {
		return false
	}
	k.me.Time = time.Now().UTC().Truncate(time.Second)
	if err := k.renew(); err != nil {
		return false
	}
	k.Seen = time.Now().Round(0)
	k.next.Reset(BeatGap)
	return true
}

var errNotOurs = errors.New("The lock belongs to another program.")

// renew writes the holder anew, into the very file that was found to be ours.
func (k *lockFile) renew() error {
	f, err := os.OpenFile(k.path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	defer f.Close()
	if who, err := holderIn(f); err != nil || who.Token != k.me.Token {
		return errNotOurs
	}
	if _, err := f.WriteAt(k.me.Text(), 0); err != nil {
		return err
	}
	return f.Sync()
}

// remove lets the lock go. What cannot be removed now, because the server is away or someone reads it, is removed later.
func (k *lockFile) remove() {
	lost := k.lost()
	k.mu.Lock()
	defer k.mu.Unlock()
	k.over = true
	k.next.Stop()
	if lost {
		return
	}
	if err := os.Remove(k.path); err != nil && !errors.Is(err, os.ErrNotExist) {
		k.next = time.AfterFunc(time.Second, k.remove)
	}
}

// Text is one line of JSON, of the same length each time.
func (w Holder) Text() []byte {
	b, _ := json.Marshal(w)
	return append(b, '\n')
}

// writeHolder makes a file, which must not be there yet.
func writeHolder(path string, who Holder) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(who.Text())
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		_ = os.Remove(path)
	}
	return err
}

// ReadHolder reads a lock file and its time. It is opened for that: then the system asks the server, not its own memory. Of
// one that holds anything else the holder is nobody, who is gone when the file is old.
func ReadHolder(path string) (who Holder, at time.Time, err error) {
	f, err := os.Open(path)
	if err != nil {
		return Holder{}, time.Time{}, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return Holder{}, time.Time{}, err
	}
	who, err = holderIn(f)
	return who, info.ModTime(), err
}

func holderIn(f *os.File) (who Holder, err error) {
	b := make([]byte, 4096)
	n, err := f.ReadAt(b, 0)
	if err != nil && err != io.EOF {
		return Holder{}, err
	}
	if json.Unmarshal(b[:n], &who) != nil {
		who = Holder{}
	}
	return who, nil
}

// A serverClock is that of the machine whose disk it is. Lock files are as old as it says: no two machines' clocks are compared.
type serverClock struct {
	mu    sync.Mutex
	asked time.Time // by our own clock, which is trusted to run, not to be right
	said  time.Time
}

// clockTrust is how long the server's clock is known without asking again.
const clockTrust = time.Minute

// serverTime asks for the time by making a file, whose time the server sets.
func (l *Locks) serverTime() (time.Time, error) {
	c := &l.clock
	c.mu.Lock()
	defer c.mu.Unlock()
	if passed := time.Since(c.asked); !c.asked.IsZero() && passed < clockTrust {
		return c.said.Add(passed), nil
	}
	name, err := l.claim(Holder{})
	if err != nil {
		return time.Time{}, err
	}
	defer os.Remove(name)
	info, err := os.Stat(name)
	if err != nil {
		return time.Time{}, err
	}
	c.asked, c.said = time.Now(), info.ModTime()
	return c.said, nil
}
