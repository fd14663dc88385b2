package filelock

import (
	"encoding/json"
	"errors"
	"io"
	"os"
	"time"
)

// An owner is the content of a lock file, one line of JSON: the process that holds the lock.
type owner struct {
	Host  string    `json:"host"` // with its boot and its container where the system tells
	PID   int       `json:"pid"`
	Start string    `json:"start,omitempty"` // when the process started, as the system counts; tells it from a later one with its number
	Time  time.Time `json:"time"`            // last heartbeat by the owner's clock, for people; the file's modification time is what counts
	Token string    `json:"token"`           // different each time a lock is taken
}

// line returns the owner as a line of JSON. The lines of one owner are all equally long.
func (o owner) line() []byte {
	b, _ := json.Marshal(o)
	return append(b, '\n')
}

// writeOwner makes a file, which must not exist yet.
func writeOwner(path string, o owner) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(o.line())
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		_ = os.Remove(path)
	}
	return err
}

// readOwner reads a lock file and its modification time, through an open file so that the system asks the server instead of its
// cache. A file with other content has the zero owner, who counts as dead once the file is old.
func readOwner(path string) (o owner, renewed time.Time, err error) {
	if err := refusePipe(path); err != nil {
		return owner{}, time.Time{}, err
	}
	f, err := os.OpenFile(path, os.O_RDONLY|nonBlocking, 0)
	if err != nil {
		return owner{}, time.Time{}, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return owner{}, time.Time{}, err
	}
	o, err = decodeOwner(f)
	return o, info.ModTime(), err
}

func decodeOwner(f *os.File) (o owner, err error) {
	b := make([]byte, 4096)
	n, err := f.ReadAt(b, 0)
	if err != nil && err != io.EOF {
		return owner{}, err
	}
	if json.Unmarshal(b[:n], &o) != nil {
		o = owner{}
	}
	return o, nil
}
