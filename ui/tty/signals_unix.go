//go:build unix

package tty

import (
	"os"
	"syscall"
)

// EndingSignals ask the program to end.
var EndingSignals = []os.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP}
