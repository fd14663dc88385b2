//go:build unix

package cli

import (
	"os"
	"syscall"
)

// openPipe opens a pipe without waiting for a writer.
func openPipe(name string) (*os.File, error) {
	return os.OpenFile(name, os.O_RDONLY|syscall.O_NONBLOCK, 0)
}
