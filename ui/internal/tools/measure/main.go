//go:build unix

// Command measure compares the cost of tintype with an empty Bubble Tea program. It builds and runs both:
//
//	go run ./ui/internal/tools/measure [-runs 21] [-keys 200] [-idle 5s] [-data DIR]
//
// Milliseconds and megabytes differ between machines, so the targets are ratios. Runs of both programs alternate, so
// that a busy machine slows both down alike. It exits with 1 if a target is missed, and with 2 if it cannot measure.
package main

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// options say how much is measured.
type options struct {
	runs int           // starts of each program, in each kind of terminal
	keys int           // keys pressed in each program
	idle time.Duration // how long each program is idle
	data string        // a data folder for tintype; "" is an empty one
}

func main() {
	var o options
	flag.IntVar(&o.runs, "runs", 21, "starts of each program")
	flag.IntVar(&o.keys, "keys", 200, "keys pressed in each program")
	flag.DurationVar(&o.idle, "idle", 5*time.Second, "how long each program is idle")
	flag.StringVar(&o.data, "data", "", "a data folder for tintype, which is written to; an empty one unless given")
	flag.Parse()
	missed, err := measure(o)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	if missed {
		os.Exit(1)
	}
}

// measure builds both programs, measures them, prints the table, and reports whether a target is missed.
func measure(o options) (missed bool, err error) {
	dir, err := os.MkdirTemp("", "tintype-measure-")
	if err != nil {
		return false, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	empty := program{name: "empty", path: filepath.Join(dir, "empty"), marker: "hello", home: filepath.Join(dir, "nobody")}
	ours := program{
		name: "tintype", path: filepath.Join(dir, "tintype"), args: []string{"--demo"}, marker: "ctrl+x",
		home: filepath.Join(dir, "home"),
	}
	if o.data != "" {
		ours.args = append(ours.args, "--data-dir", o.data)
	}
	for source, p := range map[string]program{"tintype/ui/internal/tools/measure/empty": empty, "tintype": ours} {
		if err := build(source, p.path); err != nil {
			return false, err
		}
	}
	var t table
	if err := t.measureStarts(empty, ours, o); err != nil {
		return false, err
	}
	if err := t.measureUse(empty, ours, o); err != nil {
		return false, err
	}
	slow, err := slowInits(ours.path)
	if err != nil {
		return false, err
	}
	return t.print(os.Stdout, slow), nil
}

// build builds a program with the flags of a release.
func build(source, to string) error {
	cmd := exec.Command("go", "build", "-o", to, source)
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if output, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("go build %s: %w\n%s", source, err, output)
	}
	return nil
}
