package ui

import (
	"os"
	"syscall"
)

// endingSignals ask the program to end.
var endingSignals = []os.Signal{os.Interrupt, syscall.SIGTERM}
