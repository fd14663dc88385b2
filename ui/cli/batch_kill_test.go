//go:build unix

package cli_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tintype/api/demo"
)

// TestBatchKilledBuysNothingTwice: a batch that is killed again and again, and started each time with the same command, buys each of its lines
// once, and has a picture of each in the end. Half of the lines are equal: they are different pictures.
func TestBatchKilledBuysNothingTwice(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(11, 5))
	h, s := newHome(t), newServer(t, dripping)
	lines, kills, killer := 40, 8, func() func(*os.Process) { return s.killLater(random) }
	if longTests() { // in the third or fourth second of each life, until it is done
		lines, kills = 500, 100
		s.setBehaviour(demo.Behaviour{Duration: time.Second})
		killer = func() func(*os.Process) {
			life := 2500*time.Millisecond + time.Duration(random.IntN(1000))*time.Millisecond
			return func(p *os.Process) { time.AfterFunc(life, func() { _ = p.Kill() }) }
		}
	}
	h.writeFile(t, "prompts.txt", promptLines(lines))
	batch := append([]string{"batch", filepath.Join(h.dir, "prompts.txt"), "-f", "jpg", "--set", "megapixels=0.25", "--yes"}, s.args()...)
	killed := 0
	for killed < kills {
		if code, _, _ := h.sweep(t, killer(), batch...); code >= 0 {
			t.Logf("exit code %d", code)
			break
		}
		killed++
	}
	t.Logf("killed %d times; %d of %d bought by then", killed, s.Counts().Accepted, lines)
	s.setBehaviour(quick)
	result := h.finishSweep(t, batch)
	if result.Had != lines || len(result.Items) != lines {
		t.Errorf("%d of %d lines are had, want %d", result.Had, len(result.Items), lines)
	}
	checkOwnPictures(t, result)
	if c := s.Counts(); c.Accepted != lines || c.Posts != lines {
		t.Errorf("%d purchases, %d sent, of %d lines", c.Accepted, c.Posts, lines)
	}
}

// checkOwnPictures checks that each cell of a plan has one picture of its own, which is there.
func checkOwnPictures(t *testing.T, result sweepJSON) {
	t.Helper()
	pictures := map[string]bool{}
	for i, item := range result.Items {
		if len(item.Pictures) != 1 || pictures[item.Pictures[0]] {
			t.Errorf("cell %d has the pictures %q", i+1, item.Pictures)
			continue
		}
		pictures[item.Pictures[0]] = true
		if _, err := os.Stat(item.Pictures[0]); err != nil {
			t.Error(err)
		}
	}
}

// promptLines returns a file of prompts. Every second prompt is the same.
func promptLines(n int) string {
	var text strings.Builder
	for i := range n {
		if i%2 == 0 {
			text.WriteString("A paper boat.\n")
		} else {
			fmt.Fprintf(&text, "A boat, number %d --ar 16:9\n", i)
		}
	}
	return text.String()
}

// TestBatchWithoutAnswer: a purchase that was sent when the program was killed, and has no answer, is not sent again. The others are bought, and
// the next run says what a person can do; then the same command buys it.
func TestBatchWithoutAnswer(t *testing.T) {
	t.Parallel()
	h, s := newHome(t), newServer(t, demo.Behaviour{Rate: 100, Faults: []demo.Fault{{On: demo.Create, Hang: true, Times: 1}}})
	h.writeFile(t, "prompts.txt", promptLines(3))
	batch := []string{
		"batch", filepath.Join(h.dir, "prompts.txt"), "-f", "jpg", "--set", "megapixels=0.25", "--yes", "--jobs", "1",
		"--provider", "cometapi", "--base-url", s.origin + "/replicate/v1",
	}
	code, _, _ := h.sweep(t, func(p *os.Process) {
		for s.Counts().Posts == 0 {
			time.Sleep(time.Millisecond)
		}
		_ = p.Kill()
	}, batch...)
	if code >= 0 || s.Counts().Accepted != 0 {
		t.Fatalf("exit code %d, %+v", code, s.Counts())
	}
	for range 2 {
		code, _, stderr := h.sweep(t, nil, batch...)
		if code != 5 || s.Counts().Accepted != 2 || !strings.Contains(string(stderr), "give it up with: tintype cancel --") {
			t.Fatalf("exit code %d, %+v:\n%s", code, s.Counts(), stderr)
		}
	}
	if result := h.finishSweep(t, batch); result.Had != 3 || s.Counts().Accepted != 3 {
		t.Errorf("%+v, %+v", result, s.Counts())
	}
}

// TestBatchKilledAndChanged: what a killed batch had sent is followed by the next one, although a line was added to the file, which makes it
// another plan.
func TestBatchKilledAndChanged(t *testing.T) {
	t.Parallel()
	h, s := newHome(t), newServer(t, demo.Behaviour{Duration: 2 * time.Second})
	h.writeFile(t, "prompts.txt", promptLines(3))
	batch := append([]string{"batch", filepath.Join(h.dir, "prompts.txt"), "-f", "jpg", "--set", "megapixels=0.25", "--yes"}, s.args()...)
	h.sweep(t, func(p *os.Process) {
		for s.Counts().Accepted < 3 {
			time.Sleep(time.Millisecond)
		}
		_ = p.Kill()
	}, batch...)
	h.writeFile(t, "prompts.txt", promptLines(3)+"A hat.\n")
	if result := h.finishSweep(t, batch); result.Had != 4 || s.Counts().Accepted != 4 {
		t.Errorf("%+v, %+v", result, s.Counts())
	}
}
