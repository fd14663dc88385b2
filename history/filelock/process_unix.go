//go:build !linux && !windows

package filelock

import (
	"os"
	"syscall"
)

// ThisProgram is this process, among all machines. A host's name may stand twice, so there is the start of the machine behind it.
func ThisProgram() Holder {
	name, _ := os.Hostname()
	boot, _ := syscall.Sysctl("kern.bootsessionuuid") // of macOS
	if name == "" || boot == "" {
		return Holder{PID: os.Getpid()} // nobody takes this program for one that they can look for
	}
	return Holder{Host: name + " " + boot, PID: os.Getpid()}
}

// isRunning reports whether a process of this number runs, and whether that is the one that was meant.
func isRunning(pid int, _ string) (runs, sure bool) {
	return syscall.Kill(pid, 0) != syscall.ESRCH, false
}
