package filelock

import (
	"os"

	"github.com/gofrs/flock"
)

// systemLock takes the operating system's lock of a file, for this process alone or shared with others.
func systemLock(path string, exclusive bool) (unlock func(), held bool, err error) {
	l := flock.New(path, flock.SetPermissions(0o600))
	try := l.TryLock
	if !exclusive {
		l = flock.New(path, flock.SetFlag(os.O_RDONLY))
		try = l.TryRLock
	}
	held, err = try()
	if held && exclusive && !hasName(l) {
		held = false
	}
	if err != nil || !held {
		_ = l.Close()
		return nil, false, err
	}
	return func() { _ = l.Unlock() }, true, nil
}

// hasName reports whether the locked file is still the one under its name. Its last owner may have removed it between our open
// and our lock; such a lock keeps nobody out.
func hasName(l *flock.Flock) bool {
	ours, err := l.Stat()
	if err != nil {
		return false
	}
	named, err := os.Stat(l.Path())
	return err == nil && os.SameFile(ours, named)
}
