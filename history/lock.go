package history

import (
	"os"
	"time"

	"tintype/history/disk"
	"tintype/history/filelock"
)

// lockTimeout is how long a writer waits for other programs to finish their lines.
const lockTimeout = 2 * time.Second

// lockJournal takes the lock under which lines are written. The lock is a file of its own, because Compact replaces the journal,
// and because on Windows a locked file cannot be read by others.
func (h *History) lockJournal() (filelock.Lock, error) {
	pause := 100 * time.Microsecond
	for waited := time.Duration(0); ; waited += pause {
		lock, held, err := h.locks.Try(h.Path("history.lock"))
		if err != nil {
			return filelock.Lock{}, err
		}
		if held {
			return lock, nil
		}
		if waited > lockTimeout {
			return filelock.Lock{}, &WriteError{
				Code: disk.Busy, Sentence: "Another program has held the history for two seconds, so nothing was recorded. Try again, or close the other one.",
			}
		}
		pause = min(pause*3/2, 5*time.Millisecond)
		time.Sleep(pause)
	}
}

// Exclusively calls a function while no other program writes to the data folder, for small files beside the journal. The function must not write to
// the journal. An error is a sentence, or that of the function.
func (h *History) Exclusively(do func() error) error {
	lock, err := h.lock()
	if err != nil {
		return disk.ExplainLock(h.dir, err)
	}
	defer lock.Release()
	return do()
}

// NetworkStorage returns a sentence for the user when the data folder is, or may be, on storage that several machines use (NFS,
// SMB), where programs take turns by lock files; "" on a local disk. It may only be found out by the first Append.
func (h *History) NetworkStorage() string { return h.locks.NetworkStorage() }

// journalInfo describes the file that now has the journal's name. On shared storage it opens the file first: only then does the
// system ask the server instead of its cache ("close-to-open", nfs(5)), so that a line is appended after those of other machines.
func (h *History) journalInfo() (os.FileInfo, error) {
	if h.NetworkStorage() != "" {
		if f, err := h.disk.Open(h.journalPath(), os.O_RDONLY); err == nil {
			_ = f.Close()
		}
	}
	return h.disk.Stat(h.journalPath())
}
