package filelock

import (
	"bytes"
	"errors"
	"os"
	"strconv"
	"strings"
	"syscall"
)

// ThisProgram is this process, among all machines: a host's name may stand twice, or for several containers, each with a
// count of processes of its own. So it has the start of the machine and the space of process numbers behind it (proc(5)).
func ThisProgram() Holder {
	name, _ := os.Hostname()
	boot, _ := os.ReadFile("/proc/sys/kernel/random/boot_id")
	space, _ := os.Readlink("/proc/self/ns/pid")
	if name == "" || len(boot) == 0 || space == "" {
		name = "" // then nobody takes this program for one that they can look for
	} else {
		name = strings.Join([]string{name, strings.TrimSpace(string(boot)), space}, " ")
	}
	start, _ := Started(os.Getpid())
	return Holder{Host: name, PID: os.Getpid(), Start: start}
}

// isRunning reports whether the process runs that had this number and this start, and whether that is sure.
func isRunning(pid int, start string) (runs, sure bool) {
	now, err := Started(pid)
	switch {
	case err == nil && start != "":
		return now == start, true
	case errors.Is(err, os.ErrNotExist) && start != "": // so /proc was there when it was written
		return false, true
	}
	return syscall.Kill(pid, 0) != syscall.ESRCH, false
}

// Started returns when a process began, in ticks since the machine did; "" for one that has ended and was not yet asked for
// its exit code.
func Started(pid int) (string, error) {
	stat, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	if err != nil {
		return "", err
	}
	behindName := string(stat[bytes.LastIndexByte(stat, ')')+1:]) // a name may hold anything
	fields := strings.Fields(behindName)                          // the third field, state, is the first; the 22nd, starttime, the 20th
	if len(fields) < 20 || fields[0] == "Z" || fields[0] == "X" {
		return "", nil
	}
	return fields[19], nil
}
