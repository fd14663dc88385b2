package history

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"tintype/history/disk"
	"tintype/history/duels"
	"tintype/history/filelock"
	"tintype/history/pictures"
)

// LogLimit is how many bytes an entry keeps of the end of the logs.
const LogLimit = 8 << 10

// Options say where a history is and who writes it.
type Options struct {
	Dir string           // the data folder; it is made when it does not exist
	App string           // name and version of the program, for the field "app"
	Now func() time.Time // nil for the system's clock

	Ranks Ranks // for queries with rank; nil: nothing is ranked
}

// A History is an open data folder. Its methods may be called from several goroutines. Only Keys, Len, WriteError, Recovered,
// NetworkStorage, Path and Durations may be called from a UI's event loop: the others read files.
type History struct {
	dir  string
	app  string
	now  func() time.Time
	disk disk.FS

	locks    *filelock.Locks
	lock     func() (filelock.Lock, error) // takes the journal's lock
	pictures *pictures.Store
	duels    *duels.Log
	ranks    Ranks
	ranked   rankCache
	linked   linkCache

	write      sync.Mutex      // serializes this process's writers; taken before the other two
	buildMu    sync.Mutex      // serializes building the index; taken before mu
	mu         sync.RWMutex    // guards the fields up to the next blank line; not held while the disk syncs
	file       disk.File       // nil while there is no journal
	replaced   []disk.File     // earlier journals, which readers may still use
	info       os.FileInfo     // of file, to notice when another file takes its place
	generation int             // counts the files
	index      *index          // of file; nil until something was read
	tail       []byte          // the last bytes before index.to, to notice when the file was truncated
	previous   *index          // of the file before this one, until this one is indexed
	indexAll   bool            // BuildIndex was called: a new file is indexed entirely, too
	changed    map[string]bool // keys that others changed since the last Refresh
	cache      map[int64]Entry // decoded lines by offset
	scratch    *scratchSpace   // for scanning the few lines that are appended at a time

	keys       atomic.Pointer[Keys] // what Keys returns without waiting for mu
	writeError atomic.Pointer[WriteError]
	unreadable atomic.Pointer[WriteError] // set while the journal, or too much of it, cannot be read
	recovered  atomic.Pointer[string]
	probed     time.Time // when the disk was probed last; guarded by write
	reserved   int64     // how many bytes the reserve has; guarded by write
	lacking    int64     // how many bytes it should have and could not get; guarded by write

	failedRoom func() error // repeats the check that failed for the pictures' folder; nil if none did; guarded by write
	nameSynced bool         // the journal's name is durable; guarded by write

	ledgerMu sync.Mutex // guards ledger; taken before buildMu and mu, never before write
	ledger   ledger
	unbooked map[string]bool // keys with lines that the ledger has not read; guarded by mu; nil without a ledger

	driverMu   sync.Mutex
	driver     *filelock.Lock
	driverName string
}

// Open opens the data folder. When it cannot be written, WriteError says why, and everything that was recorded can still be
// read. An error means that the history cannot even be read.
func Open(o Options) (*History, error) {
	h := newHistory(o, disk.System{}, filelock.Options{})
	err := h.open()
	h.locks.Detect()
	return h, err
}

func newHistory(o Options, d disk.FS, lo filelock.Options) *History {
	if o.Now == nil {
		o.Now = time.Now
	}
	if abs, err := filepath.Abs(o.Dir); err == nil {
		o.Dir = abs
	}
	h := &History{dir: o.Dir, app: o.App, now: o.Now, disk: d, changed: map[string]bool{}, cache: map[int64]Entry{}, ranks: o.Ranks}
	h.locks = filelock.New(h.dir, lo)
	h.pictures = pictures.New(h.dir, d, h.locks)
	h.lock = h.lockJournal
	h.duels = duels.New(duels.Options{Dir: h.dir, Disk: d, Lock: h.takeLock, Now: h.now})
	return h
}

// takeLock takes the journal's lock.
func (h *History) takeLock() (filelock.Lock, error) { return h.lock() }

// Duels returns the log of what a person chose between two pictures.
func (h *History) Duels() *duels.Log { return h.duels }

func (h *History) open() error {
	if h.dir == "" {
		return errors.New("The history needs a folder; name one with --data-dir.")
	}
	if err := h.disk.MakeDir(h.dir); err != nil {
		return h.openReadOnly(err)
	}
	_, err := h.disk.Stat(h.journalPath())
	missing := errors.Is(err, os.ErrNotExist)
	if err := h.reopen(); err != nil {
		return h.openReadOnly(err)
	}
	if missing { // for an existing journal the first Append syncs the name, so that a start does not wait for it
		if err := h.syncName(); err != nil {
			_ = h.fail(err)
		}
	}
	return nil
}

// syncName makes the journal's name durable, once for each file that has it: whoever created the file, or renamed it, may have
// died before doing so.
func (h *History) syncName() error {
	if h.nameSynced {
		return nil
	}
	err := h.disk.SyncDir(h.dir)
	h.nameSynced = err == nil
	return err
}

// openReadOnly opens a journal that cannot be written, for the reason notWritable. Where there is one that cannot be read either,
// Unreadable has the reason.
func (h *History) openReadOnly(notWritable error) error {
	_ = h.fail(notWritable)
	f, err := disk.OpenLines(h.disk, h.journalPath(), os.O_RDONLY)
	if err == nil {
		return h.setFile(f)
	}
	if !disk.IsMissing(h.journalPath()) {
		e := disk.ExplainUnreadable(h.journalPath(), err)
		h.unreadable.Store(e)
		_ = h.setWriteError(e)
	}
	return nil
}

// reopen opens the file that now has the journal's name, and creates it if necessary.
func (h *History) reopen() error {
	f, err := disk.OpenLines(h.disk, h.journalPath(), os.O_RDWR|os.O_APPEND|os.O_CREATE)
	if err != nil {
		return err
	}
	return h.setFile(f)
}

// setFile makes f the journal that is read and written. If it is another file, the index of the old one is dropped.
func (h *History) setFile(f disk.File) error {
	info, err := f.Stat()
	if err != nil {
		_ = f.Close()
		return err
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	same := h.info != nil && h.disk.Same(h.info, info)
	if h.file != nil {
		h.replaced = append(h.replaced, h.file)
	}
	if len(h.replaced) > replacedLimit {
		_ = h.replaced[0].Close()
		h.replaced = append([]disk.File(nil), h.replaced[1:]...)
	}
	h.file, h.info = f, info
	if !same {
		h.nameSynced = false
		h.resetIndex()
	}
	return nil
}

// replacedLimit is how many earlier journals are kept open for their readers. While the disk returns errors, each line opens another one.
const replacedLimit = 16

// resetIndex drops everything that was read. The caller holds mu.
func (h *History) resetIndex() {
	h.generation++
	if h.index.isComplete() {
		h.previous = h.index
	}
	h.index, h.tail = nil, nil
	h.keys.Store(nil)
	h.unreadable.Store(nil)
	clear(h.cache)
}

// Close closes the files and releases the driver's lock.
func (h *History) Close() error {
	h.write.Lock()
	defer h.write.Unlock()
	h.releaseDriver()
	h.mu.Lock()
	defer h.mu.Unlock()
	err := h.closeFiles()
	h.resetIndex()
	return err
}

// closeFiles closes the journal and those before it, until reopen is called. The caller holds mu.
func (h *History) closeFiles() error {
	var err error
	for _, f := range append(h.replaced, h.file) {
		if f != nil {
			err = errors.Join(err, f.Close())
		}
	}
	h.replaced, h.file, h.info = nil, nil, nil
	return err
}

// Path returns the absolute path of a file whose name, with slashes, is relative to the data folder.
func (h *History) Path(rel string) string { return filepath.Join(h.dir, filepath.FromSlash(rel)) }

func (h *History) journalPath() string { return h.Path("history.jsonl") }

// isIndexed reports whether the entire file is indexed, so that Keys and Len are complete.
func (h *History) isIndexed() bool {
	h.mu.RLock()
	defer h.mu.RUnlock()
	return h.file == nil || h.index.isComplete()
}

// Keys returns the keys of all entries that are not trashed, newest first; until BuildIndex is done, of those that are indexed
// so far. It never blocks.
func (h *History) Keys() Keys {
	if keys := h.keys.Load(); keys != nil {
		return *keys
	}
	return Keys{}
}

// Len returns how many keys Keys returns.
func (h *History) Len() int { return h.Keys().Len() }

// publishKeys makes Keys return what the index has now. The caller holds mu.
func (h *History) publishKeys() {
	keys := h.index.newestFirst()
	h.keys.Store(&keys)
	h.updateUnreadable()
}

// Durations returns how long the newest n successful predictions of a model took, newest first.
func (h *History) Durations(model string, n int) []time.Duration {
	h.mu.RLock()
	defer h.mu.RUnlock()
	return h.index.durations(model, n)
}

// ensureTail makes sure that the end of the file is indexed.
func (h *History) ensureTail() error {
	h.mu.RLock()
	done := h.index != nil || h.file == nil
	h.mu.RUnlock()
	if done {
		return nil
	}
	return h.readTail(firstTail)
}

// background is for reading that is never cancelled.
var background = context.Background()
