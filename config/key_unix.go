//go:build !windows

package config

import (
	"os"
	"syscall"
)

// openNoFollow opens a file unless it is a symbolic link. It does not block if the name is a pipe.
func openNoFollow(name string) (*os.File, error) {
	return os.OpenFile(name, os.O_RDONLY|syscall.O_NOFOLLOW|syscall.O_NONBLOCK, 0)
}
