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

// resident is how much memory a process has in use, in megabytes; 0 where the system has no /proc.
func resident(pid int) float64 {
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

// ran is how long all threads of a process have run (proc(5), schedstat); 0 where the system has no /proc.
func ran(pid int) time.Duration {
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

// initLimit is how long a package may take to be initialised.
const initLimit = 2.0 // ms

// initRuns is how often inits are traced: a busy machine stretches one trace, and never all of them.
const initRuns = 5

// slowInits names the packages whose init takes longer than the limit in every one of several starts.
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
		readInits(&trace, least)
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

// readInits takes lines such as "init os @0.4 ms, 0.04 ms clock, 4520 bytes, 20 allocs" (runtime package, GODEBUG).
func readInits(trace *bytes.Buffer, least map[string]float64) {
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
