package filelock

import (
	"errors"
	"syscall"
)

// hasNoLocks reports whether an error says that files there cannot be locked, whoever asks: ERROR_INVALID_FUNCTION or
// ERROR_NOT_SUPPORTED of winerror.h, as LockFileEx answers where a file system lacks locks.
func hasNoLocks(err error) bool {
	return errors.Is(err, syscall.Errno(1)) || errors.Is(err, syscall.Errno(50))
}
