package cli_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"tintype/ui/cli"
)

// commandLimit is far longer than any command here takes.
const commandLimit = 20 * time.Second

// manyAtOnce is how many commands run at once: nearly all of their time they wait for a poll.
const manyAtOnce = 150

// commandLine runs commands in this process, in one home folder.
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

// run runs a command, checks what it prints, and returns that.
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

// writeHostileHistory writes a history full of payloads into the home folder.
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

// buy buys one prediction. A purchase that stays unconfirmed at a provider with a list is looked for there for some seconds, so most
// of those go to a provider without one.
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
	_, out, stderr := s.run(fmt.Sprintf("!%s %d %s", kind, i, strings.ToValidUTF8(payload, "")), args...)
	if asJSON && !json.Valid(out) {
		s.t.Errorf("%s %d: no JSON: %.200q, %.200q", kind, i, out, stderr)
	}
}

// TestSecurityTerminalInjectionOnTheCommandLine has payloads in each text of each answer, in prompts and in the history, and prints
// them as text and as JSON. Each payload has a home folder of its own, so that the commands do not wait for each other's locks.
func TestSecurityTerminalInjectionOnTheCommandLine(t *testing.T) {
	if testing.Short() {
		t.Skip("buys several hundred times")
	}
	t.Parallel()
	h := newHostile(t)
	root := t.TempDir()
	homes := make([]commandLine, len(payloads))
	for i := range homes {
		homes[i] = newCommandLine(t, filepath.Join(root, fmt.Sprint(i)))
	}
	past := newCommandLine(t, filepath.Join(root, "past"))
	past.writeHostileHistory(h.URL)
	buyAll(h, homes)
	var mu sync.Mutex
	states := map[string]int{}
	pool := newPool(manyAtOnce)
	for i, s := range append(homes, past) {
		pool.add(func() {
			all := s.printAll(h, i%2 == 0)
			if i < len(payloads) && len(all) < len(answerKinds) || i == len(payloads) && len(all) < len(payloads) {
				t.Errorf("%d in the list", len(all))
			}
			mu.Lock()
			defer mu.Unlock()
			for _, p := range all {
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

// buyAll buys in each home once for each kind of answer, beginning with the last kind, "headers", which takes longest.
func buyAll(h *hostile, homes []commandLine) {
	pool := newPool(manyAtOnce)
	for j, kind := range slices.Backward(answerKinds) {
		for i, payload := range payloads {
			pool.add(func() { homes[i].buy(h, kind, i, payload, (i+j)%2 == 0) })
		}
	}
	pool.wait()
}

// listed is a prediction as list --json prints it.
type listed struct {
	Key      string
	ID       string
	State    string
	Input    struct{ Prompt string }
	Pictures []string
}

// printAll prints all predictions in a home folder in every way, cancels and follows the active ones, and returns the list from before
// that.
func (s commandLine) printAll(h *hostile, asJSON bool) (all []listed) {
	at := []string{"--provider", "cometapi", "--base-url", h.URL}
	at = at[:len(at):len(at)]
	_, out, _ := s.run("", append(at, "list", "--json", "--limit", "10000")...)
	if err := json.Unmarshal(out, &all); err != nil {
		s.t.Errorf("list: %v in %.200q", err, out)
	}
	s.run("", append(at, "list")...)
	for i, p := range all {
		s.show(at, p, i%8 == 0)
	}
	follow := append(at, "follow", "--timeout", "3s")
	if asJSON {
		follow = append(follow, "--json")
	}
	s.run("", follow...)
	return all
}

// show prints one prediction, and cancels it if it is active. The list has already printed all of them as JSON.
func (s commandLine) show(at []string, p listed, asJSON bool) {
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

// TestSecurityTerminalInjectionByNames has payloads in arguments and in the environment.
func TestSecurityTerminalInjectionByNames(t *testing.T) {
	if testing.Short() {
		t.Skip("runs more than a thousand commands")
	}
	t.Chdir(t.TempDir()) // relative folders named by payloads are made there
	h := newHostile(t)
	s := newCommandLine(t, t.TempDir())
	s.writeHostileHistory(h.URL)
	at := []string{"--provider", "cometapi", "--base-url", h.URL}
	pool := newPool(manyAtOnce)
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
			named := newCommandLine(s.t, s.home)
			named.env[name] = payload
			pool.add(func() { named.run("", "list") })
		}
	}
	pool.wait()
}
