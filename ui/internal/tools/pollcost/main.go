// Command pollcost simulates polling at Replicate: how many requests a job takes, and how long after its end the program
// sees it ("delay"). It compares tintype's schedule with the official clients' fixed half second. The same seed gives
// the same table. It exits with 1 if a target is missed.
//
//	go run ./ui/internal/tools/pollcost [-seed N] [-jobs N]
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"text/tabwriter"
	"time"
)

// medians are typical durations: flux-schnell, flux-dev, and a slow model.
var medians = []time.Duration{1200 * time.Millisecond, 8 * time.Second, 30 * time.Second}

func main() {
	seed := flag.Uint64("seed", 1, "seed of the simulated durations")
	jobs := flag.Int("jobs", 1500, "jobs of each duration")
	flag.Parse()
	if *jobs < 1 {
		fmt.Fprintln(os.Stderr, "-jobs must be 1 or more.")
		os.Exit(2)
	}
	if !printTable(os.Stdout, *seed, *jobs) {
		os.Exit(1)
	}
}

// printTable prints the figures, and reports whether the targets are met.
func printTable(to io.Writer, seed uint64, jobs int) bool {
	met := true
	w := tabwriter.NewWriter(to, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "%d jobs each, seed %d, a round trip of %v\n\n", jobs, seed, roundTrip)
	fmt.Fprintln(w, "job\tschedule\trequests\tof official\tat most\tmean delay\tat most\t")
	for _, median := range medians {
		theirs := measure(seed, jobs, median, fixed)
		fmt.Fprintf(w, "%v\tofficial, 0.5 s\t%.2f\t1.00\t\t%v\t\t\n", median, theirs.requests, round(theirs.stale))
		for _, samples := range []int{20, 0} {
			ours := measure(seed, jobs, median, fitted(samples))
			ratio := ours.requests / theirs.requests
			share, stale := "", ""
			if samples > 0 {
				target := targetOf(median, ours.took)
				share, stale = fmt.Sprintf("%.2f", target.share), round(target.stale).String()
				met = met && ratio <= target.share && ours.stale <= target.stale
			}
			fmt.Fprintf(w, "\ttintype, %d samples\t%.2f\t%.2f\t%s\t%v\t%s\t\n", samples, ours.requests, ratio, share, round(ours.stale), stale)
		}
	}
	if err := w.Flush(); err != nil {
		return false
	}
	return met
}

func round(d time.Duration) time.Duration { return d.Round(10 * time.Millisecond) }
