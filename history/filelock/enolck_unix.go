//go:build !windows

package filelock

import (
	"errors"
	"syscall"
)

// hasNoLocks reports whether an error says that files there cannot be locked (flock(2)), whoever asks.
func hasNoLocks(err error) bool {
	for _, no := range []error{syscall.ENOLCK, syscall.ENOTSUP, syscall.EOPNOTSUPP, syscall.ENOSYS} {
		if errors.Is(err, no) {
			return true
		}
	}
	return false
}
