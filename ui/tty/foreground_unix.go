//go:build unix

package tty

import (
	"os"

	"golang.org/x/sys/unix"
)

// foreground tells whether this program may ask the terminal: one in the background would be stopped for it.
func foreground(f *os.File) bool {
	group, err := unix.IoctlGetInt(int(f.Fd()), unix.TIOCGPGRP)
	return err != nil || group == unix.Getpgrp() // an error: it is not the terminal that jobs are controlled from
}
