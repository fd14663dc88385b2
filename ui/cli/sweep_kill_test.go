//go:build unix

package cli_test

import (
	"encoding/json"
	"errors"
	"math/rand/v2"
	"os/exec"
	"sync"
	"testing"
	"time"
)

// sweepJSON is what sweep --json prints, as far as these tests read it.
type sweepJSON struct {
	Cells, Had, Coming, New, Same int
	Items                         []struct{ State, Key string }
}

// sweep runs a sweep in a process of its own. If kill is not nil, it is killed with -9 after that time. It returns the exit code, -1 if it
// was killed, and what it printed.
func (h *home) sweep(t *testing.T, kill *time.Duration, args ...string) (code int, stdout, stderr []byte) {
	t.Helper()
	cmd := exec.Command(h.binary, append(args, "--json")...)
	cmd.Dir = h.dir
	cmd.Env = append(h.env(), "REPLICATE_API_TOKEN="+canary)
	if kill != nil {
		timer := time.AfterFunc(*kill, func() { _ = cmd.Process.Kill() })
		defer timer.Stop()
	}
	stdout, err := cmd.Output()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return exit.ExitCode(), stdout, exit.Stderr
	}
	if err != nil {
		t.Fatal(err)
	}
	return 0, stdout, nil
}

// TestSweepKilled: a sweep that is killed at random moments and started again buys each picture once.
func TestSweepKilled(t *testing.T) {
	t.Parallel()
	kills, keys := 6, 12
	table := []string{"sweep", "A {red|blue} boat", "-x", "guidance=2..4/3", "--axis", "seed=7,8"}
	if longTests() {
		kills, keys = 40, 36
		table = []string{"sweep", "A {red|blue|green} boat", "-x", "guidance=2..4/4", "--axis", "seed=7,8,9"}
	}
	h, server := newHome(t), newServer(t, quick)
	table = append(append(table, server.args()...), "-m", "flux-dev", "-f", "jpg", "--set", "megapixels=0.25", "--yes", "--jobs", "2")
	random := rand.New(rand.NewPCG(11, 1))
	for range kills {
		after := 50*time.Millisecond + time.Duration(random.Int64N(int64(600*time.Millisecond)))
		code, _, _ := h.sweep(t, &after, table...)
		t.Logf("exit code %d after at most %v: %d bought", code, after, server.Counts().Accepted)
	}
	result := h.finishSweep(t, table)
	if result.Had != keys || result.Cells != keys {
		t.Errorf("%d of %d cells are had, want %d", result.Had, result.Cells, keys)
	}
	if c := server.Counts(); c.Accepted != keys {
		t.Errorf("%d purchases of %d pictures", c.Accepted, keys)
	}
}

// finishSweep runs a sweep until nothing is left to do. A purchase that was written down and never sent stays unconfirmed: a person, who
// knows that the provider has none, dismisses it.
func (h *home) finishSweep(t *testing.T, table []string) sweepJSON {
	t.Helper()
	for range 5 {
		code, stdout, stderr := h.sweep(t, nil, table...)
		var result sweepJSON
		if err := json.Unmarshal(stdout, &result); err != nil {
			t.Fatalf("exit code %d: %v\n%s", code, err, stderr)
		}
		if code == 0 {
			return result
		}
		for _, item := range result.Items {
			if item.State == "unconfirmed" {
				t.Logf("dismissed: %s\n%s", item.Key, h.output("cancel", "--provider", "replicate", item.Key))
			}
		}
	}
	t.Fatal("it does not come to an end")
	return sweepJSON{}
}

// TestSweepTwice: two programs that start the same sweep at once buy each picture once.
func TestSweepTwice(t *testing.T) {
	t.Parallel()
	h, server := newHome(t), newServer(t, quick)
	table := append([]string{
		"sweep", "A {red|blue} boat", "-x", "guidance=2,3,4", "-m", "flux-dev", "-s", "7", "-f", "jpg", "--set", "megapixels=0.25", "--yes",
	}, server.args()...)
	var both sync.WaitGroup
	for range 2 {
		both.Go(func() {
			if code, _, stderr := h.sweep(t, nil, table...); code != 0 {
				t.Errorf("exit code %d: %s", code, stderr)
			}
		})
	}
	both.Wait()
	if c := server.Counts(); c.Accepted != 6 {
		t.Errorf("%d purchases of 6 pictures", c.Accepted)
	}
	if result := h.finishSweep(t, table); result.Had != 6 {
		t.Errorf("%d cells are had, want 6", result.Had)
	}
}
