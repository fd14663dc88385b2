//go:build unix

package cli_test

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"tintype/api/demo"
)

// sweepJSON is what sweep --json prints, as far as these tests read it.
type sweepJSON struct {
	Cells, Had, Coming, New, Same int
	Items                         []struct {
		State, Key string
		Pictures   []string
	}
}

// sweep runs a sweep in a process of its own, and calls started with it. It returns the exit code, -1 if it was killed, and what it printed.
func (h *home) sweep(t *testing.T, started func(*os.Process), args ...string) (code int, stdout, stderr []byte) {
	t.Helper()
	cmd := exec.Command(h.binary, append(args, "--json")...)
	cmd.Dir = h.dir
	cmd.Env = append(h.env(), "REPLICATE_API_TOKEN="+canary, "COMETAPI_KEY="+canary)
	var out, progress bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &progress
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if started != nil {
		go started(cmd.Process)
	}
	_ = cmd.Wait() // the exit code tells
	return cmd.ProcessState.ExitCode(), out.Bytes(), progress.Bytes()
}

// killLater kills a sweep at a random moment: of two of three, soon after its next purchase was sent, when the answer is on its way; else
// soon after its start, when it may look for what the last one left.
func (s *server) killLater(random *rand.Rand) func(*os.Process) {
	posts, soon, wait := s.Counts().Posts, random.IntN(3) > 0, time.Duration(random.Int64N(int64(200*time.Millisecond)))
	return func(p *os.Process) {
		for deadline := time.Now().Add(waitLimit); soon && s.Counts().Posts == posts && time.Now().Before(deadline); {
			time.Sleep(time.Millisecond)
		}
		if !soon {
			wait *= 3
		}
		time.AfterFunc(wait, func() { _ = p.Kill() })
	}
}

// killing runs a command again and again, and kills it at random moments. The server is quick then.
func (h *home) killing(t *testing.T, server *server, random *rand.Rand, kills int, args []string) {
	t.Helper()
	killed := 0
	for range kills {
		if code, _, _ := h.sweep(t, server.killLater(random), args...); code < 0 {
			killed++
		}
	}
	t.Logf("%d of %d runs were killed", killed, kills)
	server.setBehaviour(quick)
}

// dripping is quick, but its answers to purchases come byte by byte.
var dripping = demo.Behaviour{Rate: 100, Faults: []demo.Fault{{On: demo.Create, Drip: 100 * time.Microsecond}}}

// TestSweepKilled: a sweep that is killed at random moments and started again buys each picture once.
func TestSweepKilled(t *testing.T) {
	t.Parallel()
	kills, keys := 6, 12
	table := []string{"sweep", "A {red|blue} boat", "-x", "guidance=2..4/3", "--axis", "seed=7,8"}
	if longTests() {
		kills, keys = 40, 36
		table = []string{"sweep", "A {red|blue|green} boat", "-x", "guidance=2..4/4", "--axis", "seed=7,8,9"}
	}
	h, server := newHome(t), newServer(t, dripping)
	table = append(append(table, server.args()...), "-m", "flux-dev", "-f", "jpg", "--set", "megapixels=0.25", "--yes", "--jobs", "1")
	h.killing(t, server, rand.New(rand.NewPCG(11, 1)), kills, table)
	result := h.finishSweep(t, table)
	if result.Had != keys || result.Cells != keys {
		t.Errorf("%d of %d cells are had, want %d", result.Had, result.Cells, keys)
	}
	if c := server.Counts(); c.Accepted != keys {
		t.Errorf("%d purchases of %d pictures", c.Accepted, keys)
	}
}

// finish runs a command that buys pictures until nothing is left to do, and returns what it printed. A purchase without an answer that the
// provider does not have stays unconfirmed: a person, who knows that the provider has none, gives it up by the command that the run names.
func (h *home) finish(t *testing.T, args []string) []byte {
	t.Helper()
	return h.repeat(t, args, func(code int, _, _ []byte) bool { return code == 0 })
}

// repeat is finish for a command that has ended when isEnd reports it of a run.
func (h *home) repeat(t *testing.T, args []string, isEnd func(code int, stdout, stderr []byte) bool) []byte {
	t.Helper()
	for range 8 {
		code, stdout, stderr := h.sweep(t, nil, args...)
		if isEnd(code, stdout, stderr) {
			return stdout
		}
		t.Logf("exit code %d: %s", code, stderr)
		for _, giveUp := range givingUp.FindAllSubmatch(stderr, -1) {
			t.Logf("%s\n%s", giveUp[0], h.output(strings.Fields(string(giveUp[1]))...))
		}
	}
	t.Fatal("it does not come to an end")
	return nil
}

// finishSweep is finish for a sweep or a batch.
func (h *home) finishSweep(t *testing.T, table []string) (result sweepJSON) {
	t.Helper()
	if err := json.Unmarshal(h.finish(t, table), &result); err != nil {
		t.Fatal(err)
	}
	return result
}

// givingUp finds the command that gives up a purchase without an answer.
var givingUp = regexp.MustCompile(`give it up with: tintype (cancel .*)`)

// twice makes attempts in two programs at once, each again and again until its attempt reports that it has ended. A picture that the other one makes is
// waited for by the same command.
func twice(t *testing.T, attempt func() (ended bool)) {
	t.Helper()
	var both sync.WaitGroup
	for range 2 {
		both.Go(func() {
			for deadline := time.Now().Add(2 * waitLimit); time.Now().Before(deadline); {
				if attempt() {
					return
				}
			}
			t.Error("it does not come to an end")
		})
	}
	both.Wait()
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
