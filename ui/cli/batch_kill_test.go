package cli_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

// TestBatchKilledBuysNothingTwice: a batch that is killed again and again, and started each time with the same command, sends no line twice
// and loses none. Half of the lines are equal. It does not show that all are bought in the end: a line that was killed between its intent and
// its purchase is coming until follow has settled it, which takes minutes.
func TestBatchKilledBuysNothingTwice(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("a kill is another one there")
	}
	lines := 40
	if longTests() {
		lines = 500
	}
	h, s := newHome(t), newServer(t, quick)
	var text strings.Builder
	for i := range lines {
		if i%2 == 0 {
			text.WriteString("A paper boat.\n")
		} else {
			fmt.Fprintf(&text, "A boat, number %d --ar 16:9\n", i)
		}
	}
	h.writeFile(t, "prompts.txt", text.String())
	rng := rand.New(rand.NewPCG(11, 5))
	for range 12 {
		h.killBatch(t, s, 1+rng.IntN(max(2, lines/8)), time.Duration(rng.IntN(20))*time.Millisecond)
	}
	p, c := h.batchPlan(t, s), s.Counts()
	if c.Posts == 0 || c.Posts+p.New > lines || p.Had+p.Coming+p.New != lines {
		t.Errorf("%d were sent for %d lines, and the plan has %+v", c.Posts, lines, p)
	}
}

// planLine is what a test reads of a plan.
type planLine struct{ Had, New, Coming int }

// batchCommand returns a command of the program against a server.
func (h *home) batchCommand(s *server, args ...string) *exec.Cmd {
	cmd := exec.Command(h.binary, append(args, s.args()...)...)
	cmd.Dir, cmd.Env = h.dir, append(h.env(), "REPLICATE_API_TOKEN="+canary)
	return cmd
}

// killBatch starts the batch and kills it a moment after a number of purchases, or waits until it ends.
func (h *home) killBatch(t *testing.T, s *server, posts int, moment time.Duration) {
	t.Helper()
	cmd := h.batchCommand(s, "batch", filepath.Join(h.dir, "prompts.txt"), "--yes")
	var said bytes.Buffer
	cmd.Stderr = &said
	until := s.Counts().Posts + posts
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() {
		_ = cmd.Wait() // it is killed
		close(ended)
	}()
	for s.Counts().Posts < until {
		select {
		case <-ended:
			t.Logf("it ended by itself: %s", lastLine(said.String()))
			return
		case <-time.After(2 * time.Millisecond):
		}
	}
	select {
	case <-ended:
	case <-time.After(moment):
		_ = cmd.Process.Kill()
		<-ended
	}
}

func lastLine(s string) string {
	lines := strings.Split(strings.TrimSpace(s), "\n")
	return lines[len(lines)-1]
}

// batchPlan returns what the batch would buy.
func (h *home) batchPlan(t *testing.T, s *server) (p planLine) {
	t.Helper()
	out, err := h.batchCommand(s, "batch", filepath.Join(h.dir, "prompts.txt"), "--dry-run", "--json").Output()
	if err == nil {
		err = json.Unmarshal(out, &p)
	}
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return p
}
