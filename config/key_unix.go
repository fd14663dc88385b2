//go:build !windows

package config

import (
	"os"
	"syscall"
)

// openNoFollow opens a file that is no symbolic link, and does not wait where the name is a pipe.
func openNoFollow(name string) (*os.File, error) {
	return os.OpenFile(name, os.O_RDONLY|syscall.O_NOFOLLOW|syscall.O_NONBLOCK, 0)
}
