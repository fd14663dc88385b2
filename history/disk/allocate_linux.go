package disk

import (
	"errors"
	"io"
	"os"
	"syscall"
)

// allocate reserves room with fallocate(2). File systems that support it guarantee that later writes do not fail for lack of space. done is
// false where it does not work.
func allocate(to io.Writer, have, size int64) (done bool, err error) {
	f, ok := to.(*os.File)
	if !ok {
		return false, nil
	}
	conn, err := f.SyscallConn()
	if err != nil {
		return false, nil // Allocate writes instead
	}
	controlErr := conn.Control(func(fd uintptr) {
		for err = syscall.EINTR; errors.Is(err, syscall.EINTR); {
			err = syscall.Fallocate(int(fd), 0, have, size)
		}
	})
	return controlErr == nil && (err == nil || IsFull(err)), err
}
