// Command pollcost prints what waiting costs at Replicate: requests a job, and how stale the news of its end are, for tintype's
// pace and for the official clients' fixed half second, on simulated jobs. The same seed gives the same table.
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

// medians are the usual lengths of the jobs: flux-schnell, flux-dev, and a slow model.
var medians = []time.Duration{1200 * time.Millisecond, 8 * time.Second, 30 * time.Second}

func main() {
	seed := flag.Uint64("seed", 1, "of the simulated jobs")
	jobs := flag.Int("jobs", 1500, "how many of each length")
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
	fmt.Fprintln(w, "job\tpace\trequests\tof the official\tat most\tstale, mean\tat most\t")
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
			fmt.Fprintf(w, "\ttintype, %d learned\t%.2f\t%.2f\t%s\t%v\t%s\t\n", samples, ours.requests, ratio, share, round(ours.stale), stale)
		}
	}
	if err := w.Flush(); err != nil {
		return false
	}
	return met
}

func round(d time.Duration) time.Duration { return d.Round(10 * time.Millisecond) }
