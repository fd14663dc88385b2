//go:build unix

package cli_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// dumper is a script that stands for an editor or a viewer: it writes down what it was given, and by whom.
const dumper = `#!/bin/sh
{ echo "arguments: $0 $*"; env; tr '\0' '\n' < /proc/$$/environ; tr '\0' '\n' < /proc/$PPID/cmdline; ls -l /proc/$$/fd; } > "$DUMPS/$(basename "$0")" 2>&1
for f in "$@"; do [ -f "$f" ] && cat "$f" >> "$DUMPS/$(basename "$0")"; done
echo whole >> "$DUMPS/$(basename "$0")"
`

// withChildren makes an editor and a viewer that write down what they see, and gives the environment that names them.
func (h *house) withChildren(t *testing.T) []string {
	t.Helper()
	bin, tmp := filepath.Join(h.dir, "bin"), filepath.Join(h.dir, "tmp")
	for _, dir := range []string{bin, tmp} {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"editor", "xdg-open", "open"} {
		if err := os.WriteFile(filepath.Join(bin, name), []byte(dumper), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	return []string{
		"PATH=" + bin + ":" + os.Getenv("PATH"), "EDITOR=editor --wait", "DUMPS=" + h.dir, "TMPDIR=" + tmp,
		"TEA_TRACE=" + filepath.Join(h.dir, "trace.log"), "TEA_DEBUG=1", // whatever Bubble Tea writes down when it is asked to
	}
}

// dumped waits for what a child wrote down.
func (h *house) dumped(t *testing.T, name string) []byte {
	t.Helper()
	for over := time.Now().Add(waitLimit); time.Now().Before(over); time.Sleep(10 * time.Millisecond) {
		if b, err := os.ReadFile(filepath.Join(h.dir, name)); err == nil && strings.HasSuffix(string(b), "whole\n") {
			return b
		}
	}
	t.Fatalf("%s was never started", name)
	return nil
}

// usesChildren opens the editor and the viewer.
func (x *terminal) usesChildren(h *house) {
	x.t.Helper()
	x.keys(ctrlX + "e")
	h.dumped(x.t, "editor")
	x.sees("▸Prompt")
	x.toList()
	time.Sleep(700 * time.Millisecond) // several letters at once are typing, not verbs
	x.keys("G")                        // the first that was made
	x.keys("o")
	h.dumped(x.t, "xdg-open")
}

// TestSecurityChildrenHaveNoKey: neither the editor nor the viewer finds a key in its environment, its arguments or its file,
// whatever name the key has. Rule “remove from the environment of child processes”.
func TestSecurityChildrenHaveNoKey(t *testing.T) {
	t.Parallel()
	if _, err := os.Stat("/proc/self/environ"); err != nil {
		t.Skip("no /proc here")
	}
	server := newServer(t, quick)
	h := newHouse(t)
	env := h.withChildren(t)
	for _, name := range []string{"COMETAPI_KEY", "COMET_API_KEY", "COMETAPI_API_KEY", "REPLICATE_API_TOKEN"} {
		env = append(env, name+"="+canary)
	}
	x := h.open(t, how{args: server.args(), env: env})
	x.sees("Nothing made yet.")
	x.develops("A boat.")
	x.sees("✓ A boat.")
	x.usesChildren(h)
	for _, child := range []string{"editor", "xdg-open"} {
		dump := h.dumped(t, child)
		if form := sings(dump); form != "" || strings.Contains(string(dump), "_KEY=") || strings.Contains(string(dump), "_TOKEN=") {
			t.Errorf("%s was given %s", child, dump)
		}
	}
	if dump := string(h.dumped(t, "editor")); !strings.Contains(dump, "A boat.") || !strings.Contains(dump, "arguments: ") {
		t.Errorf("the editor saw %s", dump)
	}
}

// TestI14QuietSecret is the canary: a provider echoes the key in every field, error, header and address, and everything that
// the program writes is searched for it, in each form that it may take: the screen with all its views, menus, copies and
// children, a crash with every trace that Bubble Tea can write, some two hundred commands over every fault of the demo, every file
// below home, and every request to another host. Invariant I14.
func TestI14QuietSecret(t *testing.T) {
	t.Parallel()
	t.Run("on the screen", canaryOnTheScreen)
	t.Run("in a crash", canaryInACrash)
	t.Run("on the command line", canaryOnTheCommandLine)
}

// echo is the payload that holds the key.
func echo(t *testing.T) int {
	for i, p := range payloads {
		if strings.Contains(p, "KEY") {
			return i
		}
	}
	t.Fatal("no payload holds the key")
	return 0
}

// canaryOnTheScreen buys in each manner from a provider that echoes the key, looks at all of it, copies all of it, opens
// editor and viewer, and leaves.
func canaryOnTheScreen(t *testing.T) {
	hostile := newHostile(t)
	h := newHouse(t)
	env := h.withChildren(t)
	x := h.open(t, how{args: []string{"--provider", "replicate", "--base-url", hostile.URL}, env: append(env, "REPLICATE_API_TOKEN="+canary)})
	x.sees("Nothing made yet.")
	all := append(append([]string{"succeeded"}, thieves...), manners...)
	for _, manner := range all {
		x.developsAnew(fmt.Sprintf("!%s %d A boat.", manner, echo(t)))
	}
	x.toList()
	for range all {
		for _, key := range []string{"i", "i", "i", "yc", "yj", "yu", "yi", "yf"} {
			x.keys(key)
		}
		x.toList()
		x.keys("\r")
		x.leavesList()
		x.toList()
		x.keys("j")
	}
	x.usesChildren(h)
	x.leavesAnyhow()
	if form := sings(x.written); form != "" {
		t.Errorf("the key is on the screen, as %q", form)
	}
	noKeyIn(t, h.dir)
	hostile.isIntact(t)
}

// leavesAnyhow leaves, asked or not, and waits until everything that was written is read.
func (x *terminal) leavesAnyhow() {
	x.t.Helper()
	x.keys(ctrlC)
	if x.asksOrLeaves() {
		x.keys(ctrlC)
	}
	x.leaves()
	if !x.readsAll() {
		x.t.Fatal("what the program wrote cannot be read to its end")
	}
}

// asksOrLeaves waits until the program asks whether it should leave; false when it has left.
func (x *terminal) asksOrLeaves() bool {
	x.t.Helper()
	for over := time.After(waitLimit); !x.gone(); {
		if strings.Contains(x.text(), "ctrl+c leave") {
			return true
		}
		select {
		case <-x.news:
		case <-over:
			x.t.Fatalf("it neither asks nor leaves. The screen:\n%s", x.text())
		}
	}
	return false
}

// canaryInACrash breaks down while the key is at hand.
func canaryInACrash(t *testing.T) {
	h := newHouse(t)
	env := h.withChildren(t)
	x := broken(t, h, env...)
	x.leaves()
	if !x.readsAll() || !strings.Contains(string(x.written), "provoked while the key was at hand") {
		t.Errorf("it did not break down: %s", x.tail())
	}
	if form := sings(x.written); form != "" {
		t.Errorf("the key is in the crash, as %q", form)
	}
	noKeyIn(t, h.dir)
}
