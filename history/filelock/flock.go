package filelock

import (
	"fmt"
	"io/fs"
	"os"

	"github.com/gofrs/flock"
)

// systemLock takes the operating system's lock of a file, for this process alone or shared with others.
func systemLock(path string, exclusive bool) (unlock func(), held bool, err error) {
	if err := refusePipe(path); err != nil {
		return nil, false, err
	}
	l := flock.New(path, flock.SetPermissions(0o600), flock.SetFlag(os.O_CREATE|os.O_RDONLY|nonBlocking))
	try := l.TryLock
	if !exclusive {
		l = flock.New(path, flock.SetFlag(os.O_RDONLY|nonBlocking))
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

// refusePipe returns an error if the lock's path is a pipe, a device or anything else that is not a plain file. Another program made it,
// and locking it would keep no tintype out.
func refusePipe(path string) error {
	info, err := os.Lstat(path)
	if err == nil && info.Mode()&os.ModeSymlink != 0 {
		info, err = os.Stat(path)
	}
	if err != nil || info.Mode().IsRegular() || info.IsDir() {
		return nil //nolint:nilerr // opening it reports what else is wrong
	}
	return &os.PathError{Op: "lock", Path: path, Err: errNoFile}
}

// errNoFile means that a lock's path is not a plain file.
var errNoFile = fmt.Errorf("it is not a file (%w)", fs.ErrInvalid)

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
