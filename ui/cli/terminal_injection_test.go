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

// commandLimit is far more than any command here takes.
const commandLimit = 20 * time.Second

// commandLine runs command lines in this process, over one home.
type commandLine struct {
	t    *testing.T
	home string
	env  map[string]string
}

func newCommandLine(t *testing.T, home string) commandLine {
	return commandLine{t, home, map[string]string{
		"HOME": home, "XDG_DATA_HOME": filepath.Join(home, "data"), "XDG_CONFIG_HOME": filepath.Join(home, "config"),
		"REPLICATE_API_TOKEN": canary, "COMETAPI_KEY": canary, "USERPROFILE": home,
	}}
}

// run gives what was printed on both streams; both are checked.
func (s commandLine) run(stdin string, args ...string) (code int, out, err []byte) {
	s.t.Helper()
	var o, e bytes.Buffer
	ctx, cancel := context.WithTimeout(s.t.Context(), commandLimit)
	defer cancel()
	code = cli.Run(ctx, args, func(name string) string { return s.env[name] }, strings.NewReader(stdin), &o, &e)
	checkPrinted(s.t, strings.Join(args, " ")+" (standard output)", o.Bytes())
	checkPrinted(s.t, strings.Join(args, " ")+" (standard error)", e.Bytes())
	if ctx.Err() != nil {
		s.t.Errorf("%q never ends: %.300q", args, e.Bytes())
	}
	return code, o.Bytes(), e.Bytes()
}

// writeHostileHistory puts a hostile journal into the home.
func (s commandLine) writeHostileHistory(baseURL string) {
	s.t.Helper()
	data := filepath.Join(s.home, "data", "tintype")
	if err := os.MkdirAll(data, 0o700); err != nil {
		s.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(data, "history.jsonl"), hostileHistory(baseURL), 0o600); err != nil {
		s.t.Fatal(err)
	}
}

// buy buys once. A provider that lists is asked for what is unconfirmed for a minute, so those go to one that does not.
func (s commandLine) buy(h *hostile, kind string, i int, payload string, asJSON bool) {
	args := []string{"run", "--provider", "cometapi", "--base-url", h.URL, "-"}
	if i%4 == 0 && kind != "page" && kind != "plain" && kind != "badid" {
		args[2] = "replicate"
	}
	if kind == "cancel" {
		args = append(args, "--no-wait")
	}
	if asJSON {
		args = append(args, "--json")
	}
	_, out, output := s.run(fmt.Sprintf("!%s %d %s", kind, i, strings.ToValidUTF8(payload, "")), args...)
	if asJSON && !json.Valid(out) {
		s.t.Errorf("%s %d: no JSON: %.200q, %.200q", kind, i, out, output)
	}
}

// pool runs things at once, but not too many.
type pool struct {
	running sync.WaitGroup
	slots   chan struct{}
}

func newPool() *pool { return &pool{slots: make(chan struct{}, 20)} }

func (c *pool) add(do func()) {
	c.slots <- struct{}{}
	c.running.Go(func() {
		defer func() { <-c.slots }()
		do()
	})
}

func (c *pool) wait() { c.running.Wait() }

// TestSecurityTerminalInjectionOnTheCommandLine lets payloads come from everywhere: each text of each answer, prompts, lines of the
// history, names of files, the environment, the arguments; with --json, too. Each payload has a home of its own, so that nobody
// waits for a turn at a journal. Rule “terminal injection”.
func TestSecurityTerminalInjectionOnTheCommandLine(t *testing.T) {
	if testing.Short() {
		t.Skip("buys some hundred times")
	}
	h := newHostile(t)
	root := t.TempDir()
	homes := make([]commandLine, len(payloads))
	for i := range homes {
		homes[i] = newCommandLine(t, filepath.Join(root, fmt.Sprint(i)))
	}
	laid := newCommandLine(t, filepath.Join(root, "laid"))
	laid.writeHostileHistory(h.URL)
	pool := newPool()
	for j, kind := range answerKinds {
		for i, payload := range payloads {
			pool.add(func() { homes[i].buy(h, kind, i, payload, (i+j)%2 == 0) })
		}
	}
	pool.wait()
	var mu sync.Mutex
	states := map[string]int{}
	for i, s := range append(homes, laid) {
		pool.add(func() {
			made := s.listAndShowAll(h, i%2 == 0)
			if i < len(payloads) && len(made) < len(answerKinds) || i == len(payloads) && len(made) < len(payloads) {
				t.Errorf("%d in the list", len(made))
			}
			mu.Lock()
			defer mu.Unlock()
			for _, p := range made {
				states[p.State]++
			}
		})
	}
	pool.wait()
	for _, state := range []string{"done", "failed", "lost", "unconfirmed", "stopped", "waiting"} {
		if states[state] == 0 {
			t.Errorf("none is %s: %v", state, states)
		}
	}
	checkNoKeyIn(t, root)
	h.checkNothingLeaked(t)
}

// listedRow is what list tells of a prediction.
type listedRow struct{ Key, State, ID string }

// listAndShowAll prints all that is in a home in every way, cancels and follows what runs, and gives what there was before that.
func (s commandLine) listAndShowAll(h *hostile, asJSON bool) (made []listedRow) {
	at := []string{"--provider", "cometapi", "--base-url", h.URL}
	at = at[:len(at):len(at)]
	_, out, _ := s.run("", append(at, "list", "--json", "--limit", "10000")...)
	if err := json.Unmarshal(out, &made); err != nil {
		s.t.Errorf("list: %v in %.200q", err, out)
	}
	s.run("", append(at, "list")...)
	for i, p := range made {
		s.show(at, p, i%8 == 0)
	}
	follow := append(at, "follow", "--timeout", "3s")
	if asJSON {
		follow = append(follow, "--json")
	}
	s.run("", follow...)
	return made
}

// show prints one prediction, and cancels what runs. The list has shown all of them as JSON already.
func (s commandLine) show(at []string, p listedRow, asJSON bool) {
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
	s := newCommandLine(t, t.TempDir())
	s.writeHostileHistory(h.URL)
	at := []string{"--provider", "cometapi", "--base-url", h.URL}
	pool := newPool()
	for i, payload := range payloads {
		for _, args := range [][]string{
			{"list", payload},
			{"show", payload},
			{"cancel", payload},
			{"follow", "--timeout", "1s", payload},
			{"list", "model:" + payload},
			{payload},
			{"--" + payload},
			{"run", "--no-wait", "-m", payload, "x"},
			{"run", "--no-wait", "-a", payload, "x"},
			{"run", "--no-wait", "--set", payload, "x"},
			{"run", "--no-wait", "--set", payload + "=1", "x"},
			{"run", "--timeout", payload, "x"},
			{"models", payload},
			{"serve", "--addr", payload},
			{"run", "--no-wait", "-m", "flux-dev", "--set", "image=" + payload, "x"},
			{"list", "--provider", payload},
			{"list", "--base-url", payload},
			{"run", "x", "--key-file", payload},
			{"list", "--config", payload},
			{"list", "--data-dir", filepath.Join(s.home, fmt.Sprint(i), payload)},
		} {
			pool.add(func() { s.run("", append(at[:len(at):len(at)], args...)...) })
		}
		for _, name := range []string{"TINTYPE_PROVIDER", "TINTYPE_BASE_URL", "TINTYPE_DATA_DIR", "TINTYPE_CONFIG", "TINTYPE_MODEL", "EDITOR", "TERM_PROGRAM", "TERM", "HTTPS_PROXY"} {
			options := newCommandLine(s.t, s.home)
			options.env[name] = payload
			pool.add(func() { options.run("", "list") })
		}
	}
	pool.wait()
}
