package tty

import (
	"os"
	"syscall"
)

// EndingSignals ask the program to end.
var EndingSignals = []os.Signal{os.Interrupt, syscall.SIGTERM}
