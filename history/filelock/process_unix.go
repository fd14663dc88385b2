//go:build !linux && !windows

package filelock

import (
	"os"
	"syscall"
)

// thisProcess identifies this process among all machines. Two hosts may have the same name, so the boot session follows it.
func thisProcess() owner {
	name, _ := os.Hostname()
	boot := bootSession()
	if name == "" || boot == "" {
		return owner{PID: os.Getpid()} // other processes then cannot look for this one, and wait for its heartbeat to stop
	}
	return owner{Host: name + " " + boot, PID: os.Getpid()}
}

// isRunning reports whether a process with this number is running. It cannot tell whether the number was reused.
func isRunning(pid int, _ string) (running, sure bool) {
	return syscall.Kill(pid, 0) != syscall.ESRCH, false
}
