//go:build !windows

package disk

import "syscall"

// nonBlocking keeps an open from waiting for the other end of a pipe. Plain files ignore it.
const nonBlocking = syscall.O_NONBLOCK
