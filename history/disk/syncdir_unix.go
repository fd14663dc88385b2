//go:build !windows

package disk

import (
	"errors"
	"os"
	"syscall"
)

// syncDir makes the names in a folder durable. Without it a new file may be missing after a power loss (Pillai et al., "All File
// Systems Are Not Created Equal", OSDI 2014).
func syncDir(name string) error {
	d, err := os.Open(name)
	if err != nil {
		return err
	}
	defer d.Close()
	err = d.Sync()
	if errors.Is(err, syscall.EINVAL) || errors.Is(err, syscall.ENOTSUP) {
		return nil // some file systems cannot sync a folder, and do not need to
	}
	return err
}
