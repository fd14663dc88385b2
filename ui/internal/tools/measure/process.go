//go:build unix

package main

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// residentMB returns the memory of a process in megabytes, or 0 on a system without /proc.
func residentMB(pid int) float64 {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(raw)) {
		if f := strings.Fields(line); len(f) > 1 && f[0] == "VmRSS:" {
			kilobytes, _ := strconv.ParseFloat(f[1], 64)
			return kilobytes / 1024
		}
	}
	return 0
}

// cpuTime returns how long all threads of a process have run (proc(5), schedstat), or 0 on a system without /proc.
func cpuTime(pid int) time.Duration {
	files, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/schedstat", pid))
	var sum time.Duration
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if f := strings.Fields(string(raw)); err == nil && len(f) > 0 {
			ns, _ := strconv.ParseInt(f[0], 10, 64)
			sum += time.Duration(ns)
		}
	}
	return sum
}

// initLimit is how long the initialisation of a package may take.
const initLimit = 2.0 // ms

// initRuns is how often inits are traced. The fastest of them counts, since a busy machine slows some of them down.
const initRuns = 5

// slowInits returns the packages whose init exceeds initLimit in every run.
func slowInits(path string) ([]string, error) {
	least := map[string]float64{}
	for range initRuns {
		cmd := exec.Command(path, "--version")
		cmd.Env = append(os.Environ(), "GODEBUG=inittrace=1")
		var trace bytes.Buffer
		cmd.Stderr = &trace
		if err := cmd.Run(); err != nil {
			return nil, fmt.Errorf("%s --version: %w", path, err)
		}
		parseInitTrace(&trace, least)
	}
	if len(least) == 0 {
		return nil, fmt.Errorf("%s --version traced no init", path)
	}
	var slow []string
	for name, ms := range least {
		if ms > initLimit {
			slow = append(slow, fmt.Sprintf("%s %.1f ms", name, ms))
		}
	}
	return slow, nil
}

// parseInitTrace reads lines such as "init os @0.4 ms, 0.04 ms clock, 4520 bytes, 20 allocs" (GODEBUG=inittrace=1, see
// package runtime) and keeps the least time of each package.
func parseInitTrace(trace *bytes.Buffer, least map[string]float64) {
	lines := bufio.NewScanner(trace)
	for lines.Scan() {
		f := strings.Fields(lines.Text())
		if len(f) < 6 || f[0] != "init" {
			continue
		}
		ms, err := strconv.ParseFloat(f[4], 64)
		if err != nil {
			continue
		}
		if known, ok := least[f[1]]; !ok || ms < known {
			least[f[1]] = ms
		}
	}
}
