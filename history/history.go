// Package history keeps the journal of all predictions, finds things in it, and keeps their pictures on disk.
//
// # The journal
//
// history.jsonl in the data folder is a file of JSON Lines, in UTF-8, one object a line, each ended by a line feed. It is the
// only truth: whatever else this package knows it has read from there. A line is an entry: the whole state of one job at one
// moment. Of the lines with one key, the one with the greatest revision counts, of equal ones the later; a job that is done or
// failed stays so. So a bad line costs one moment, never a prediction, and two files can be joined by putting one behind the
// other. Lines are only added, never changed; Compact writes a new file and keeps the old one.
//
//	v             version of the format, 1; a reader shows a newer line as far as it knows its fields, and never rewrites it
//	key           ULID in lower case, made when the job was submitted; entries are ordered by it
//	rev           revision, 1 for the first line of a key, then one more each
//	time          when the line was written
//	state         creating, waiting, saving, done, failed, unconfirmed, stopped, lost
//	driver        the program that follows the job; it holds running/<driver>.lock while it lives
//	attempts      each try of the paid request: time, sent ("no", "maybe", "yes"), status (HTTP), error (code)
//	provider, base_url, id, model, version    whom we asked, the prediction's id there, what we asked for
//	input         exactly what was sent; an image from this disk stands as its path, never whole
//	images        sha256 of each input image from this disk, by that path
//	template      the prompt before its choices were made
//	batch, parent key of the batch that it belongs to, of the prediction that it was made from
//	status        the provider's last word
//	seed          as the logs told it, else as it was sent
//	error         code, sentence (ours), detail (the provider's, raw)
//	metrics       the provider's numbers, in seconds where they are times
//	price, cost   amount, unit, source, date; cost in USD
//	outputs       url, path (relative to the data folder, with slashes), sha256, bytes, width, height, star, error
//	star, tags, note, trashed    what the user said about it
//	wanted        "cancel": asked by another program, for the driver to do
//	cancel_reason what is known about how it was stopped
//	logs          the end of the logs, at most 8 KiB, once the job has ended
//	created_at, started_at, completed_at    the provider's times
//	app           the program that wrote the line, with its version
//	folded        true on lines that Compact wrote: it stands for all earlier lines of its key
//
// Fields that are empty are left out. Fields that we do not know are carried through. Text is kept raw: whoever draws it
// cleans it first (package text). Times are RFC 3339 in UTC.
//
// Not promised: the order of the fields; that each state a job went through has a line; that a line's time is not before the
// one above it; that a picture still lies where the line says.
//
// # Writing
//
// There is one way, Append. Under a lock that all programs share (history.lock) it reads what others added, and writes one
// line with a single write, behind a line feed if the file does not end with one; an error cuts the file back to where
// it was; fsync follows before Append returns. Lines are at most a MiB long. The folder has mode 0700, the files 0600.
//
// On storage that machines share (NFS, SMB), or where the system has no locks, each lock is a lock file besides, with the
// suffix .held: made as only one can make it, it names its holder, who gives a sign of life in it every 15 seconds. One whose
// process is gone, or which was silent for a minute on another machine, is taken over. history.shared says so to all.
//
// # Reading
//
// The index in memory holds a row of a few dozen bytes for each entry, and each prompt once, folded to lower case, in one
// piece of memory that search sweeps. It is built in the background by scanning the file; what is on the screen at the
// start comes from the file's end alone. Entries themselves are read from the file when they are asked for.
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
	"tintype/history/filelock"
	"tintype/history/pictures"
)

// LogLimit is how much of the logs' end an entry keeps, in bytes.
const LogLimit = 8 << 10

// Options say where a history lies and who writes it.
type Options struct {
	Dir string           // the data folder; made when it is missing
	App string           // name and version of the program, for the field "app"
	Now func() time.Time // nil: the system's clock
}

// A History is one data folder, opened. Its methods may be called from several goroutines. None but Keys, Len, Built, Trouble,
// Notice, Path and Durations belongs in a UI's event loop: the others read files.
type History struct {
	dir  string
	app  string
	now  func() time.Time
	disk disk.FS

	locks    *filelock.Locks
	lock     func() (filelock.Lock, error) // of the journal
	pictures *pictures.Store

	write      sync.Mutex      // one writer of this process at a time; held around everything below
	buildMu    sync.Mutex      // one builder of the index; taken inside write, never the other way round
	mu         sync.RWMutex    // guards the fields up to the next blank line; never held while waiting for a disk to confirm
	file       disk.File       // nil while there is no journal
	replaced   []disk.File     // journals that were replaced; readers may still be at them
	info       os.FileInfo     // of file, to see when another takes its place
	generation int             // counts the files
	index      *index          // of file; nil until something was read
	tail       []byte          // the last bytes before index.to, to see when the file was cut back
	previous   *index          // of the journal before it was replaced, until the new one is indexed
	indexAll   bool            // Build was called: a new journal is indexed whole, too
	changed    map[string]bool // keys that others changed since the last Refresh
	cache      map[int64]Entry // decoded lines by offset
	scratch    *scratchSpace   // for the few lines that come at a time

	keys       atomic.Pointer[Keys] // what Keys returns; read without waiting for mu
	writeError atomic.Pointer[WriteError]
	recovered  atomic.Pointer[string]
	probed     time.Time // when trouble was looked at last; only for who holds write
	nameSynced bool      // the journal's name is durable; only for who holds write

	driverMu   sync.Mutex
	driver     *filelock.Lock
	driverName string
}

// Open opens the data folder. It also does so where nothing can be written: Trouble then says what is off, and everything
// that was recorded can be read. An error means that not even that is possible.
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
	h := &History{dir: o.Dir, app: o.App, now: o.Now, disk: d, changed: map[string]bool{}, cache: map[int64]Entry{}}
	h.locks = filelock.New(h.dir, lo)
	h.pictures = pictures.New(h.dir, d, h.locks)
	h.lock = h.lockJournal
	return h
}

func (h *History) open() error {
	if h.dir == "" {
		return errors.New("The history needs a folder; name one with --data-dir.")
	}
	if err := h.disk.MakeDir(h.dir); err != nil {
		_ = h.fail(err)
		return nil
	}
	_, err := h.disk.Stat(h.journalPath())
	missing := errors.Is(err, os.ErrNotExist)
	if err := h.reopen(); err != nil {
		_ = h.fail(err)
		return h.openReadOnly()
	}
	if missing { // of one that was there, the first Append does it: a start need not wait for that
		if err := h.syncName(); err != nil {
			_ = h.fail(err)
		}
	}
	return nil
}

// syncName makes the journal's name durable, once for each file that stands under it: whoever made it, or put it there, may
// have died before it did so.
func (h *History) syncName() error {
	if h.nameSynced {
		return nil
	}
	err := h.disk.SyncDir(h.dir)
	h.nameSynced = err == nil
	return err
}

// openReadOnly opens a journal that cannot be written. Where there is nothing to read either, Trouble says so.
func (h *History) openReadOnly() error {
	if f, err := h.disk.Open(h.journalPath(), os.O_RDONLY); err == nil {
		if info, err := f.Stat(); err == nil && info.IsDir() {
			return f.Close()
		}
		return h.setFile(f)
	}
	return nil
}

// reopen opens the journal that now stands under its name, making it if need be.
func (h *History) reopen() error {
	f, err := h.disk.Open(h.journalPath(), os.O_RDWR|os.O_APPEND|os.O_CREATE)
	if err != nil {
		return err
	}
	return h.setFile(f)
}

// setFile makes f the journal that is read and written. What was known about another one is forgotten.
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
	h.file, h.info = f, info
	if !same {
		h.nameSynced = false
		h.resetIndex()
	}
	return nil
}

// resetIndex drops all that was read, because the file is not what it was. The caller holds mu.
func (h *History) resetIndex() {
	h.generation++
	if h.index != nil && h.index.from == 0 {
		h.previous = h.index
	}
	h.index, h.tail = nil, nil
	h.keys.Store(nil)
	clear(h.cache)
}

// Close lets everything go: files, and the lock that says that this program drives jobs.
func (h *History) Close() error {
	h.write.Lock()
	defer h.write.Unlock()
	h.releaseDriver()
	h.mu.Lock()
	defer h.mu.Unlock()
	var err error
	for _, f := range append(h.replaced, h.file) {
		if f != nil {
			err = errors.Join(err, f.Close())
		}
	}
	h.replaced, h.file, h.info = nil, nil, nil
	h.resetIndex()
	return err
}

// Path returns the absolute path of a file that is named relative to the data folder, with slashes.
func (h *History) Path(rel string) string { return filepath.Join(h.dir, filepath.FromSlash(rel)) }

func (h *History) journalPath() string { return h.Path("history.jsonl") }

// Indexed reports whether the whole file is indexed, so that Keys and Len count everything.
func (h *History) Indexed() bool {
	h.mu.RLock()
	defer h.mu.RUnlock()
	return h.file == nil || h.index != nil && h.index.from == 0
}

// Keys returns the keys of all entries that are not trashed, newest first: of those indexed so far, until Build is done. It
// waits for nothing, whatever goes on beside it.
func (h *History) Keys() Keys {
	if keys := h.keys.Load(); keys != nil {
		return *keys
	}
	return Keys{}
}

// Len returns how many keys Keys returns.
func (h *History) Len() int { return h.Keys().Len() }

// publishKeys makes Keys return what the index knows now. The caller holds mu.
func (h *History) publishKeys() {
	keys := h.index.newestFirst()
	h.keys.Store(&keys)
}

// Durations returns how long the newest n predictions of a model that are done took, newest first.
func (h *History) Durations(model string, n int) []time.Duration {
	h.mu.RLock()
	defer h.mu.RUnlock()
	if h.index == nil {
		return nil
	}
	id, known := h.index.names.ids[model]
	var took []time.Duration
	for i := len(h.index.rows) - 1; known && i >= 0 && len(took) < n; i-- {
		r := &h.index.rows[i]
		if h.index.traits.list[r.traits].model == id && r.flags&hasTook != 0 && r.stateOf() == Done {
			took = append(took, time.Duration(float64(r.took)*float64(time.Second)))
		}
	}
	return took
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

// background is for reading that nobody waits to cancel.
var background = context.Background()
