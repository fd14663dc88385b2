package filelock

import "syscall"

// bootSession identifies the time since the machine was started.
func bootSession() string {
	id, _ := syscall.Sysctl("kern.bootsessionuuid") // without it other processes cannot look for this one
	return id
}
