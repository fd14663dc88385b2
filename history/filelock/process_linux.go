package filelock

import (
	"bytes"
	"errors"
	"os"
	"strconv"
	"strings"
	"syscall"
)

// thisProcess identifies this process among all machines. Two hosts may have the same name, and one may run several containers
// that each count their processes from 1, so the boot id and the PID namespace follow the host's name (proc(5)).
func thisProcess() owner {
	name, _ := os.Hostname()
	boot, _ := os.ReadFile("/proc/sys/kernel/random/boot_id")
	namespace, _ := os.Readlink("/proc/self/ns/pid")
	if name == "" || len(boot) == 0 || namespace == "" {
		name = "" // other processes then cannot look for this one, and wait for its heartbeat to stop
	} else {
		name = strings.Join([]string{name, strings.TrimSpace(string(boot)), namespace}, " ")
	}
	start, _ := startTime(os.Getpid())
	return owner{Host: name, PID: os.Getpid(), Start: start}
}

// isRunning reports whether the process with this number and start time is running, and whether that is certain.
func isRunning(pid int, start string) (running, sure bool) {
	now, err := startTime(pid)
	switch {
	case err == nil && start != "":
		return now == start, true
	case errors.Is(err, os.ErrNotExist) && start != "": // there was a /proc when start was written
		return false, true
	}
	return syscall.Kill(pid, 0) != syscall.ESRCH, false
}

// startTime returns when a process started, in clock ticks since boot; "" for a zombie.
func startTime(pid int) (string, error) {
	stat, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	if err != nil {
		return "", err
	}
	afterName := string(stat[bytes.LastIndexByte(stat, ')')+1:]) // a name may contain anything
	fields := strings.Fields(afterName)                          // proc(5): field 3, state, is fields[0]; field 22, starttime, is fields[19]
	if len(fields) < 20 || fields[0] == "Z" || fields[0] == "X" {
		return "", nil
	}
	return fields[19], nil
}
