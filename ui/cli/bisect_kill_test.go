//go:build unix

package cli_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// bisectJSON is what bisect --json prints, as far as these tests read it.
type bisectJSON struct {
	Steps []struct{ Key, Verdict string }
	Cause []struct{ Kind, Text string }
}

// plantFailure makes a good prediction and one that fails for one of its 16 words, and returns the command that finds the word.
func (h *home) plantFailure(t *testing.T, from *server) []string {
	t.Helper()
	prompt := func(word string, failing int) string {
		var words []string
		for i := range 16 {
			if i == failing {
				words = append(words, "the [fail]")
				continue
			}
			words = append(words, fmt.Sprintf("the %s%d", word, i))
		}
		return strings.Join(words, " ")
	}
	keys := []string{"bisect"}
	for _, text := range []string{prompt("one", -1), prompt("two", 11)} {
		args := append([]string{"run", text, "-m", "flux-dev", "-s", "7", "-f", "jpg", "--set", "megapixels=0.25"}, from.args()...)
		_, stdout, stderr := h.sweep(t, nil, args...)
		var made struct{ Key string }
		if err := json.Unmarshal(stdout, &made); err != nil {
			t.Fatalf("%v\n%s", err, stderr)
		}
		keys = append(keys, made.Key)
	}
	return append(append(keys, "--until", "state:failed", "--yes"), from.args()...)
}

// finishBisect runs a bisect until its cause is found, and returns its last output. A purchase without an answer that the provider does not have is
// given up by the command that the run names.
func (h *home) finishBisect(t *testing.T, args []string) (result bisectJSON) {
	t.Helper()
	for range 8 {
		_, stdout, stderr := h.sweep(t, nil, args...)
		if err := json.Unmarshal(stdout, &result); err != nil {
			t.Fatalf("%v\n%s", err, stderr)
		}
		if len(result.Cause) > 0 {
			return result
		}
		for _, giveUp := range givingUp.FindAllSubmatch(stderr, -1) {
			t.Logf("%s\n%s", giveUp[0], h.output(strings.Fields(string(giveUp[1]))...))
		}
	}
	t.Fatal("it does not come to an end")
	return result
}

// checkFound fails the test unless the planted word is the cause, and each picture was bought once.
func (b bisectJSON) checkFound(t *testing.T, from *server) {
	t.Helper()
	if len(b.Cause) != 1 || b.Cause[0].Text != "one11 → [fail]" {
		t.Errorf("the cause is %v", b.Cause)
	}
	if c := from.Counts(); c.Accepted != len(b.Steps)+2 || len(b.Steps) > 5 {
		t.Errorf("%d purchases for two predictions and %d pictures", c.Accepted, len(b.Steps))
	}
}

// TestBisectKilled: a bisect that is killed at random moments and started again buys each picture once, also one that failed and was not judged.
func TestBisectKilled(t *testing.T) {
	t.Parallel()
	kills := 5
	if longTests() {
		kills = 30
	}
	h, server := newHome(t), newServer(t, quick)
	args := h.plantFailure(t, server)
	server.setBehaviour(dripping)
	random := rand.New(rand.NewPCG(12, 2))
	killed := 0
	for range kills {
		if code, _, _ := h.sweep(t, server.killLater(random), args...); code < 0 {
			killed++
		}
	}
	t.Logf("%d of %d runs were killed", killed, kills)
	server.setBehaviour(quick)
	h.finishBisect(t, args).checkFound(t, server)
}

// TestBisectKilledBeforeItsVerdict: what was bought and not judged, because the program was killed between the two, is not bought again.
func TestBisectKilledBeforeItsVerdict(t *testing.T) {
	t.Parallel()
	h, server := newHome(t), newServer(t, quick)
	args := h.plantFailure(t, server)
	for n := 0; ; n++ {
		result := h.finishBisect(t, args)
		if n >= len(result.Steps) {
			result.checkFound(t, server)
			return
		}
		h.forgetVerdicts(t, n)
	}
}

// forgetVerdicts leaves the first n verdicts of a bisect, as if the program had been killed before the next one.
func (h *home) forgetVerdicts(t *testing.T, n int) {
	t.Helper()
	paths, _ := filepath.Glob(filepath.Join(h.dir, "data", "tintype", "labs", "bisect-*.json"))
	if len(paths) != 1 {
		t.Fatal(paths)
	}
	var kept map[string]any
	data, err := os.ReadFile(paths[0])
	if err == nil {
		err = json.Unmarshal(data, &kept)
	}
	if err != nil {
		t.Fatal(err)
	}
	kept["steps"] = kept["steps"].([]any)[:n]
	data, _ = json.Marshal(kept)
	if err := os.WriteFile(paths[0], data, 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestBisectTwice: two programs that bisect the same two at once buy each picture once, and find the same.
func TestBisectTwice(t *testing.T) {
	t.Parallel()
	h, server := newHome(t), newServer(t, quick)
	args := h.plantFailure(t, server)
	var both sync.WaitGroup
	for range 2 {
		both.Go(func() {
			for deadline := time.Now().Add(2 * waitLimit); time.Now().Before(deadline); { // a picture that the other one makes is waited for by the same command
				var result bisectJSON
				_, stdout, stderr := h.sweep(t, nil, args...)
				if err := json.Unmarshal(stdout, &result); err != nil {
					t.Errorf("%v\n%s", err, stderr)
					return
				}
				if len(result.Cause) > 0 {
					result.checkFound(t, server)
					return
				}
			}
			t.Error("it does not come to an end")
		})
	}
	both.Wait()
}
