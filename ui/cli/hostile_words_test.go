package cli_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"tintype/ui/cli"
)

// endless is far more than any command here takes.
const endless = 20 * time.Second

// shell runs command lines in this process, over one home.
type shell struct {
	t    *testing.T
	home string
	env  map[string]string
}

func newShell(t *testing.T, home string) shell {
	return shell{t, home, map[string]string{
		"HOME": home, "XDG_DATA_HOME": filepath.Join(home, "data"), "XDG_CONFIG_HOME": filepath.Join(home, "config"),
		"REPLICATE_API_TOKEN": canary, "COMETAPI_KEY": canary, "USERPROFILE": home,
	}}
}

// run gives what was printed on both streams; both are checked.
func (s shell) run(stdin string, args ...string) (code int, out, err []byte) {
	s.t.Helper()
	var o, e bytes.Buffer
	ctx, cancel := context.WithTimeout(s.t.Context(), endless)
	defer cancel()
	code = cli.Run(ctx, args, func(name string) string { return s.env[name] }, strings.NewReader(stdin), &o, &e)
	harmless(s.t, strings.Join(args, " ")+" (standard output)", o.Bytes())
	harmless(s.t, strings.Join(args, " ")+" (standard error)", e.Bytes())
	if ctx.Err() != nil {
		s.t.Errorf("%q never ends: %.300q", args, e.Bytes())
	}
	return code, o.Bytes(), e.Bytes()
}

// lay puts a hostile journal into the home.
func (s shell) lay(baseURL string) {
	s.t.Helper()
	data := filepath.Join(s.home, "data", "tintype")
	if err := os.MkdirAll(data, 0o700); err != nil {
		s.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(data, "history.jsonl"), journal(baseURL), 0o600); err != nil {
		s.t.Fatal(err)
	}
}

// buys buys once. A provider that lists is asked for what is unconfirmed for a minute, so those go to one that does not.
func (s shell) buys(h *hostile, manner string, i int, nasty string, asJSON bool) {
	args := []string{"run", "--provider", "cometapi", "--base-url", h.URL, "-"}
	if i%4 == 0 && manner != "page" && manner != "plain" && manner != "badid" {
		args[2] = "replicate"
	}
	if manner == "cancel" {
		args = append(args, "--no-wait")
	}
	if asJSON {
		args = append(args, "--json")
	}
	_, out, said := s.run(fmt.Sprintf("!%s %d %s", manner, i, strings.ToValidUTF8(nasty, "")), args...)
	if asJSON && !json.Valid(out) {
		s.t.Errorf("%s %d: no JSON: %.200q, %.200q", manner, i, out, said)
	}
}

// crowd runs things at once, but not too many.
type crowd struct {
	running sync.WaitGroup
	room    chan struct{}
}

func newCrowd() *crowd { return &crowd{room: make(chan struct{}, 20)} }

func (c *crowd) add(do func()) {
	c.room <- struct{}{}
	c.running.Go(func() {
		defer func() { <-c.room }()
		do()
	})
}

func (c *crowd) wait() { c.running.Wait() }

// TestSecurityTerminalInjectionOnTheCommandLine lets payloads come from everywhere: each text of each answer, prompts, lines of the
// history, names of files, the environment, the arguments; with --json, too. Each payload has a home of its own, so that nobody
// waits for a turn at a journal. Rule “terminal injection”.
func TestSecurityTerminalInjectionOnTheCommandLine(t *testing.T) {
	if testing.Short() {
		t.Skip("buys some hundred times")
	}
	h := newHostile(t)
	root := t.TempDir()
	homes := make([]shell, len(payloads))
	for i := range homes {
		homes[i] = newShell(t, filepath.Join(root, fmt.Sprint(i)))
	}
	laid := newShell(t, filepath.Join(root, "laid"))
	laid.lay(h.URL)
	crowd := newCrowd()
	for j, manner := range manners {
		for i, nasty := range payloads {
			crowd.add(func() { homes[i].buys(h, manner, i, nasty, (i+j)%2 == 0) })
		}
	}
	crowd.wait()
	var mu sync.Mutex
	states := map[string]int{}
	for i, s := range append(homes, laid) {
		crowd.add(func() {
			made := s.looks(h, i%2 == 0)
			if i < len(payloads) && len(made) < len(manners) || i == len(payloads) && len(made) < len(payloads) {
				t.Errorf("%d in the list", len(made))
			}
			mu.Lock()
			defer mu.Unlock()
			for _, p := range made {
				states[p.State]++
			}
		})
	}
	crowd.wait()
	for _, state := range []string{"done", "failed", "lost", "unconfirmed", "stopped", "waiting"} {
		if states[state] == 0 {
			t.Errorf("none is %s: %v", state, states)
		}
	}
	noKeyIn(t, root)
	h.isIntact(t)
}

// told is what list tells of a prediction.
type told struct{ Key, State, ID string }

// looks prints all that is in a home in every way, cancels and follows what runs, and gives what there was before that.
func (s shell) looks(h *hostile, asJSON bool) (made []told) {
	at := []string{"--provider", "cometapi", "--base-url", h.URL}
	at = at[:len(at):len(at)]
	_, out, _ := s.run("", append(at, "list", "--json", "--limit", "10000")...)
	if err := json.Unmarshal(out, &made); err != nil {
		s.t.Errorf("list: %v in %.200q", err, out)
	}
	s.run("", append(at, "list")...)
	for i, p := range made {
		s.shows(at, p, i%8 == 0)
	}
	follow := append(at, "follow", "--timeout", "3s")
	if asJSON {
		follow = append(follow, "--json")
	}
	s.run("", follow...)
	return made
}

// shows prints one prediction, and cancels what runs. The list has shown all of them as JSON already.
func (s shell) shows(at []string, p told, asJSON bool) {
	s.run("", append(at, "show", p.Key)...)
	if asJSON {
		if _, out, _ := s.run("", append(at, "show", p.Key, "--json")...); !json.Valid(out) {
			s.t.Errorf("show %s --json: %.200q", p.Key, out)
		}
	}
	if p.State == "waiting" {
		s.run("", append(at, "cancel", p.Key)...)
	}
}

// TestSecurityTerminalInjectionByNames lets payloads stand where a person or the system may have put them. Rule “terminal injection”.
func TestSecurityTerminalInjectionByNames(t *testing.T) {
	if testing.Short() {
		t.Skip("runs some thousand commands")
	}
	t.Chdir(t.TempDir()) // folders that payloads name are made there
	h := newHostile(t)
	s := newShell(t, t.TempDir())
	s.lay(h.URL)
	at := []string{"--provider", "cometapi", "--base-url", h.URL}
	crowd := newCrowd()
	for i, nasty := range payloads {
		for _, args := range [][]string{
			{"list", nasty},
			{"show", nasty},
			{"cancel", nasty},
			{"follow", "--timeout", "1s", nasty},
			{"list", "model:" + nasty},
			{nasty},
			{"--" + nasty},
			{"run", "--no-wait", "-m", nasty, "x"},
			{"run", "--no-wait", "-a", nasty, "x"},
			{"run", "--no-wait", "--set", nasty, "x"},
			{"run", "--no-wait", "--set", nasty + "=1", "x"},
			{"run", "--timeout", nasty, "x"},
			{"models", nasty},
			{"serve", "--addr", nasty},
			{"run", "--no-wait", "-m", "flux-dev", "--set", "image=" + nasty, "x"},
			{"list", "--provider", nasty},
			{"list", "--base-url", nasty},
			{"run", "x", "--key-file", nasty},
			{"list", "--config", nasty},
			{"list", "--data-dir", filepath.Join(s.home, fmt.Sprint(i), nasty)},
		} {
			crowd.add(func() { s.run("", append(at[:len(at):len(at)], args...)...) })
		}
		for _, name := range []string{"TINTYPE_PROVIDER", "TINTYPE_BASE_URL", "TINTYPE_DATA_DIR", "TINTYPE_CONFIG", "TINTYPE_MODEL", "EDITOR", "TERM_PROGRAM", "TERM", "HTTPS_PROXY"} {
			as := newShell(s.t, s.home)
			as.env[name] = nasty
			crowd.add(func() { as.run("", "list") })
		}
	}
	crowd.wait()
}
