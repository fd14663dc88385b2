package duels

import (
	"errors"
	"os"
	"path/filepath"
	"sync"
	"time"

	"tintype/history/disk"
	"tintype/history/filelock"
)

// Options say where the duels of a data folder are, and how they are written.
type Options struct {
	Dir  string // the data folder
	Disk disk.FS
	Lock func() (filelock.Lock, error) // takes the lock under which lines are written
	Now  func() time.Time
}

// A Log is the file of the duels. Its methods may be called from several goroutines. All of them use the disk.
type Log struct {
	o    Options
	path string

	mu     sync.Mutex // serializes this process's writers
	last   time.Time  // of the last line that this process wrote
	synced bool       // the file's name is durable
}

// New returns the log of a data folder. It does not use the disk.
func New(o Options) *Log { return &Log{o: o, path: filepath.Join(o.Dir, Name)} }

// Path returns the path of the file.
func (l *Log) Path() string { return l.path }

// Append records a duel now, and returns it with its time. When the error is nil, the line is durable. An error is a *disk.Error, with a
// sentence; nothing was written then.
func (l *Log) Append(d Duel) (Duel, error) {
	if err := d.check(); err != nil {
		return Duel{}, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	d.Time = l.nextTime()
	return d, l.append(d.toLine())
}

// Undo records that a duel, as Append or Read returned it, does not count any more. To undo one twice does nothing.
func (l *Log) Undo(d Duel) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.append(line{V: Version, Time: l.nextTime(), Undo: d.Time, A: d.A.String(), B: d.B.String()})
}

// nextTime returns a time that no other line of this process has, since a duel is known by its time and its pictures.
func (l *Log) nextTime() time.Time {
	now := l.o.Now().UTC().Round(0)
	if !now.After(l.last) && l.last.Sub(now) < time.Second {
		now = l.last.Add(1)
	}
	l.last = now
	return now
}

// append writes a line durably, or leaves the file as it was.
func (l *Log) append(next line) error {
	b, err := encode(next)
	if err != nil {
		return err
	}
	lock, err := l.o.Lock()
	if err != nil {
		return l.notWritten(disk.ExplainLock(l.o.Dir, err))
	}
	defer lock.Release()
	if lock.Lost() {
		return disk.ErrLostLock()
	}
	size, err := l.write(b, false)
	var unconfirmed *disk.SyncError
	if errors.As(err, &unconfirmed) { // the first copy may be zero bytes after a power loss, and a second one counts once
		if _, err = l.write(b, true); err != nil {
			err = errors.Join(err, l.o.Disk.Truncate(l.path, size))
		}
	}
	if err != nil {
		return l.notWritten(disk.Explain(l.o.Dir, err))
	}
	return nil
}

// notWritten says why nothing was recorded, and what to do. A sentence about the journal would speak of purchases.
func (l *Log) notWritten(why *disk.Error) error {
	if why.Code == disk.Busy || why.Code == disk.NoLock {
		return why
	}
	what, cure := disk.Describe(l.path, why.Cause)
	return &disk.Error{Code: why.Code, Sentence: "Nothing was recorded: " + what + ". " + cure, Cause: why.Cause}
}

// write opens the file and appends a line, after a line feed if the file ends within a line, or if lineFeed is set. It returns how long the
// file was.
func (l *Log) write(b []byte, lineFeed bool) (size int64, err error) {
	f, err := disk.OpenLines(l.o.Disk, l.path, os.O_RDWR|os.O_APPEND|os.O_CREATE)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if err := l.syncName(); err != nil {
		return 0, err
	}
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	return info.Size(), disk.AppendLine(l.o.Disk, l.path, f, info.Size(), b, lineFeed)
}

// syncName makes the file's name durable, once.
func (l *Log) syncName() error {
	if l.synced {
		return nil
	}
	err := l.o.Disk.SyncDir(l.o.Dir)
	l.synced = err == nil
	return err
}

// openToRead opens the file to read it; nil if there is none.
func (l *Log) openToRead() (disk.File, error) {
	f, err := disk.OpenLines(l.o.Disk, l.path, os.O_RDONLY)
	if errors.Is(err, os.ErrNotExist) && disk.IsMissing(l.path) {
		return nil, nil
	}
	return f, err
}
