package filelock

import "os"

// ThisProgram is this process, among all machines of a network.
func ThisProgram() Holder {
	name, _ := os.Hostname()
	return Holder{Host: name, PID: os.Getpid()}
}

// isRunning reports whether a process of this number runs, and whether that is the one that was meant.
func isRunning(pid int, _ string) (runs, sure bool) {
	p, err := os.FindProcess(pid)
	if err != nil {
		return false, false
	}
	_ = p.Release()
	return true, false
}
