//go:build !windows

package history

import (
	"errors"
	"os"
	"syscall"
)

// syncDir makes the names in a folder durable: a new file may otherwise be gone after a power loss (ALICE, OSDI '14).
func syncDir(name string) error {
	d, err := os.Open(name)
	if err != nil {
		return err
	}
	defer d.Close()
	err = d.Sync()
	if errors.Is(err, syscall.EINVAL) || errors.Is(err, syscall.ENOTSUP) {
		return nil // some file systems cannot, and need not
	}
	return err
}
