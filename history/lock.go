package history

import (
	"os"
	"time"

	"tintype/history/filelock"
)

// lockPatience is how long a writer waits for others to finish their lines.
const lockPatience = 2 * time.Second

// lockJournal takes the lock under which lines are written. It is a file of its own, because Compact puts a new journal in the
// old one's place, and because a lock on Windows keeps others from reading.
func (h *History) lockJournal() (filelock.Hold, error) {
	pause := 100 * time.Microsecond
	for waited := time.Duration(0); ; waited += pause {
		got, held, err := h.locks.Try(h.Path("history.lock"))
		if err != nil {
			return filelock.Hold{}, err
		}
		if held {
			return got, nil
		}
		if waited > lockPatience {
			return filelock.Hold{}, &WriteError{"busy", "Another program has held the history for two seconds, so nothing was recorded. Try again, or close the other one.", nil}
		}
		pause = min(pause*3/2, 5*time.Millisecond)
		time.Sleep(pause)
	}
}

// NetworkStorage returns a sentence when the data folder is, or may be, on storage that several machines use (NFS, SMB), where
// programs take turns by lock files; "" on a disk of this machine. It may be found out by the first Append.
func (h *History) NetworkStorage() string {
	if s := h.locks.Shared.Load(); s != nil {
		return *s
	}
	return ""
}

// journalInfo returns what stands under the journal's name now. On shared storage the file is opened for that: only then does
// the system ask the server instead of its own memory ("close-to-open", nfs(5)), and a line that is added stands
// behind those of other machines.
func (h *History) journalInfo() (os.FileInfo, error) {
	if h.NetworkStorage() != "" {
		if f, err := h.disk.Open(h.journal(), os.O_RDONLY); err == nil {
			_ = f.Close()
		}
	}
	return h.disk.Stat(h.journal())
}
