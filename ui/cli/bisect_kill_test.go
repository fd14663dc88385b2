//go:build unix

package cli_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
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
		keys = append(keys, h.firstPicture(t, from.args(), text))
	}
	return append(append(keys, "--until", "state:failed", "--yes"), from.args()...)
}

// finishBisect is finish for a bisect, which runs until its cause is found.
func (h *home) finishBisect(t *testing.T, args []string) (result bisectJSON) {
	t.Helper()
	h.repeat(t, args, func(_ int, stdout, stderr []byte) bool {
		if err := json.Unmarshal(stdout, &result); err != nil {
			t.Fatalf("%v\n%s", err, stderr)
		}
		return len(result.Cause) > 0
	})
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
	h.killing(t, server, rand.New(rand.NewPCG(12, 2)), kills, args)
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
	twice(t, func() bool {
		var result bisectJSON
		_, stdout, stderr := h.sweep(t, nil, args...)
		if err := json.Unmarshal(stdout, &result); err != nil {
			t.Errorf("%v\n%s", err, stderr)
			return true
		}
		if len(result.Cause) == 0 {
			return false
		}
		result.checkFound(t, server)
		return true
	})
}
