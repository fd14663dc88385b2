//go:build !windows

package filelock

import (
	"errors"
	"syscall"
)

// hasNoLocks reports whether an error means that the file system supports no locks (flock(2)).
func hasNoLocks(err error) bool {
	for _, no := range []error{syscall.ENOLCK, syscall.ENOTSUP, syscall.EOPNOTSUPP, syscall.ENOSYS} {
		if errors.Is(err, no) {
			return true
		}
	}
	return false
}
