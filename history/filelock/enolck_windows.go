package filelock

import (
	"errors"
	"syscall"
)

// hasNoLocks reports whether an error means that the file system supports no locks. LockFileEx then returns
// ERROR_INVALID_FUNCTION or ERROR_NOT_SUPPORTED (winerror.h).
func hasNoLocks(err error) bool {
	return errors.Is(err, syscall.Errno(1)) || errors.Is(err, syscall.Errno(50))
}
