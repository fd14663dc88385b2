//go:build unix

package tty

import (
	"os"
	"syscall"
)

// EndingSignals are the signals that ask the program to end.
var EndingSignals = []os.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGQUIT}
