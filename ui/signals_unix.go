//go:build unix

package ui

import (
	"os"
	"syscall"
)

// endingSignals ask the program to end.
var endingSignals = []os.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP}
