package disk

import (
	"errors"
	"io"
	"os"
	"syscall"
)

// A SyncError means that a line was written and the disk did not confirm it.
type SyncError struct{ error }

// Unwrap returns the error of the disk.
func (s *SyncError) Unwrap() error { return s.error }

// OpenLines opens a file of lines. A link whose target is missing is an error even with O_CREATE, since a new file there would hide that the
// lines are elsewhere, perhaps on a disk that is not mounted. A folder is an error, too.
func OpenLines(d FS, name string, flag int) (File, error) {
	if _, err := os.Readlink(name); err == nil {
		flag &^= os.O_CREATE
	}
	f, err := d.Open(name, flag)
	if err != nil {
		return nil, err
	}
	if info, err := f.Stat(); err == nil && info.IsDir() {
		return nil, errors.Join(syscall.EISDIR, f.Close())
	}
	return f, nil
}

// AppendLine appends a line durably to a file of size bytes, after a line feed if the file ends within a line, or if lineFeed is set. If it
// cannot be written, what was written of it is removed; if that fails too, the next line ends it. A *SyncError means that all of it was
// written, and the disk did not confirm it: what then is the caller's decision.
func AppendLine(d FS, name string, f File, size int64, line []byte, lineFeed bool) error {
	torn, err := endsInLine(f, size)
	if err != nil {
		return err
	}
	if torn || lineFeed {
		line = append([]byte{'\n'}, line...)
	}
	if _, err := f.Write(line); err != nil {
		return errors.Join(err, d.Truncate(name, size))
	}
	if err := f.Sync(); err != nil {
		return &SyncError{err}
	}
	return nil
}

// endsInLine reports whether a file of size bytes ends within a line, as a crash leaves it.
func endsInLine(f io.ReaderAt, size int64) (bool, error) {
	if size == 0 {
		return false, nil
	}
	var last [1]byte
	if _, err := f.ReadAt(last[:], size-1); err != nil && err != io.EOF {
		return false, err
	}
	return last[0] != '\n', nil
}
