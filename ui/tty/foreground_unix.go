//go:build unix

package tty

import (
	"os"

	"golang.org/x/sys/unix"
)

// isForeground reports whether this program may ask the terminal: in the background it would be stopped for that.
func isForeground(f *os.File) bool {
	group, err := unix.IoctlGetInt(int(f.Fd()), unix.TIOCGPGRP)
	ours, oursErr := unix.Getpgid(0)
	return err != nil || oursErr != nil || group == ours // on an error it is not the controlling terminal
}
