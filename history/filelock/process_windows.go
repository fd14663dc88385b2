package filelock

import "os"

// thisProcess identifies this process among all machines of a network.
func thisProcess() owner {
	name, _ := os.Hostname()
	return owner{Host: name, PID: os.Getpid()}
}

// isRunning reports whether a process with this number is running. It cannot tell whether the number was reused.
func isRunning(pid int, _ string) (running, sure bool) {
	p, err := os.FindProcess(pid)
	if err != nil {
		return false, false
	}
	_ = p.Release()
	return true, false
}
