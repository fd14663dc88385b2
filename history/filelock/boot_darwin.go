package filelock

import "syscall"

// bootSession identifies the time since the machine was started.
func bootSession() string {
	id, _ := syscall.Sysctl("kern.bootsessionuuid") // without it other programs cannot tell whether this process is alive
	return id
}
