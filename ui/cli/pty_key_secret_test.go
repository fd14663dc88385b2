//go:build unix

package cli_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tintype/api/demo/demotest"
)

// dumpScript is an editor and a viewer that writes down its arguments, its environment, its parent, its open files and its input.
const dumpScript = `#!/bin/sh
{ echo "arguments: $0 $*"; env; tr '\0' '\n' < /proc/$$/environ; tr '\0' '\n' < /proc/$PPID/cmdline; ls -l /proc/$$/fd; } > "$DUMPS/$(basename "$0")" 2>&1
for f in "$@"; do [ -f "$f" ] && cat "$f" >> "$DUMPS/$(basename "$0")"; done
echo complete >> "$DUMPS/$(basename "$0")"
`

// addChildPrograms installs dumpScript as editor and viewer, and returns the environment that names them.
func (h *home) addChildPrograms(t *testing.T) []string {
	t.Helper()
	bin, tmp := filepath.Join(h.dir, "bin"), filepath.Join(h.dir, "tmp")
	for _, dir := range []string{bin, tmp} {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"editor", "xdg-open", "open"} {
		if err := os.WriteFile(filepath.Join(bin, name), []byte(dumpScript), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	return []string{
		"PATH=" + bin + ":" + os.Getenv("PATH"), "EDITOR=editor --wait", "DUMPS=" + h.dir, "TMPDIR=" + tmp,
		"TEA_TRACE=" + filepath.Join(h.dir, "trace.log"), "TEA_DEBUG=1", // all traces that Bubble Tea can write
	}
}

// waitForDump waits for what a child process has written down.
func (h *home) waitForDump(t *testing.T, name string) []byte {
	t.Helper()
	for deadline := time.Now().Add(waitLimit); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		if dump, ok := h.dump(name); ok {
			return dump
		}
	}
	t.Fatalf("%s was never started", name)
	return nil
}

// dump is what a child process has written down; false before it has ended.
func (h *home) dump(name string) ([]byte, bool) {
	b, err := os.ReadFile(filepath.Join(h.dir, name))
	return b, err == nil && strings.HasSuffix(string(b), "complete\n")
}

// openEditorAndViewer opens the editor, and the viewer with the oldest picture.
func (x *terminal) openEditorAndViewer(h *home) {
	x.t.Helper()
	x.send(ctrlX + "e")
	h.waitForDump(x.t, "editor")
	x.waitFor("▸Prompt")
	for deadline := time.Now().Add(waitLimit); time.Now().Before(deadline); {
		x.focusList() // the prompt has the focus again when the editor has ended
		x.send("G")
		x.send("o") // ignored as typing a moment after other letters
		if x.within(time.Second, func() bool { _, ok := h.dump("xdg-open"); return ok }) {
			return
		}
	}
	x.t.Fatal("the viewer was never started")
}

// TestSecurityChildrenHaveNoKey: neither the editor nor the viewer has a key in its environment, its arguments or its file, whichever
// variable the key is in.
func TestSecurityChildrenHaveNoKey(t *testing.T) {
	t.Parallel()
	if _, err := os.Stat("/proc/self/environ"); err != nil {
		t.Skip("no /proc here")
	}
	server := newServer(t, quick)
	h := newHome(t)
	env := h.addChildPrograms(t)
	for _, name := range []string{"COMETAPI_KEY", "COMET_API_KEY", "COMETAPI_API_KEY", "REPLICATE_API_TOKEN"} {
		env = append(env, name+"="+canary)
	}
	x := h.open(t, startOptions{args: server.args(), env: env})
	x.waitFor("No pictures yet.")
	x.develop("A boat.")
	x.waitFor("✓ A boat.")
	x.openEditorAndViewer(h)
	for _, child := range []string{"editor", "xdg-open"} {
		dump := h.waitForDump(t, child)
		if form := demotest.FindKey(dump); form != "" || strings.Contains(string(dump), "_KEY=") || strings.Contains(string(dump), "_TOKEN=") {
			t.Errorf("%s was given %s", child, dump)
		}
	}
	if dump := string(h.waitForDump(t, "editor")); !strings.Contains(dump, "A boat.") || !strings.Contains(dump, "arguments: ") {
		t.Errorf("the editor saw %s", dump)
	}
}

// TestI14QuietSecret: a provider echoes the key in every field, error, header and address, and all that the program writes is searched
// for it, in each of its spellings: the screen with all its views, menus, copies and child processes, a crash with all traces of
// Bubble Tea, commands over every fault of the demo, every file in the home folder, and every request to another host.
func TestI14QuietSecret(t *testing.T) {
	t.Parallel()
	inParallel(t, "on the screen", keyOnTheScreen)
	inParallel(t, "in a crash", keyInACrash)
	inParallel(t, "on the command line", keyOnTheCommandLine)
}

// keyPayload is the number of the payload with the key.
func keyPayload(t *testing.T) int {
	for i, p := range payloads {
		if strings.Contains(p, "KEY") {
			return i
		}
	}
	t.Fatal("no payload holds the key")
	return 0
}

// keyOnTheScreen buys once for each kind of answer from a provider that echoes the key, views and copies everything, opens editor and
// viewer, and leaves.
func keyOnTheScreen(t *testing.T) {
	hostile := newHostile(t)
	h := newHome(t)
	env := h.addChildPrograms(t)
	x := h.open(t, startOptions{args: []string{"--provider", "replicate", "--base-url", hostile.URL}, env: append(env, "REPLICATE_API_TOKEN="+canary)})
	x.waitFor("No pictures yet.")
	all := append(append([]string{"succeeded"}, redirectKinds...), answerKinds...)
	for _, kind := range all {
		x.developNext(fmt.Sprintf("!%s %d A boat.", kind, keyPayload(t)))
	}
	x.focusList()
	for range all {
		x.press("i", "i", "i", "yc", "yj", "yu", "yi", "yf")
		x.focusList()
		x.send("\r")
		x.waitForListLeft()
		x.focusList()
		x.send("j")
	}
	x.openEditorAndViewer(h)
	x.quit()
	if form := demotest.FindKey(x.written); form != "" {
		t.Errorf("the key is on the screen, as %q", form)
	}
	checkNoKeyIn(t, h.dir)
	hostile.checkNothingLeaked(t)
}

// quit leaves, answers the question whether to leave if there is one, and waits until all output has been read.
func (x *terminal) quit() {
	x.t.Helper()
	x.send(ctrlC)
	if x.waitForQuestion() {
		x.send(ctrlC)
	}
	x.waitForExit()
	if !x.waitForOutput() {
		x.t.Fatal("what the program wrote cannot be read to its end")
	}
}

// waitForQuestion waits until the program asks whether to leave; false if it leaves without asking.
func (x *terminal) waitForQuestion() bool {
	x.t.Helper()
	for deadline := time.After(waitLimit); !x.hasExited(); {
		if strings.Contains(x.screenText(), "ctrl+c quit") {
			return true
		}
		select {
		case <-x.changed:
		case <-deadline:
			x.t.Fatalf("it neither asks nor leaves. The screen:\n%s", x.screenText())
		}
	}
	return false
}

// keyInACrash has the program panic while it reads the key.
func keyInACrash(t *testing.T) {
	h := newHome(t)
	env := h.addChildPrograms(t)
	x := openBroken(t, h, env...)
	x.waitForExit()
	if !x.waitForOutput() || !strings.Contains(string(x.written), "provoked while the key was at hand") {
		t.Errorf("it did not panic: %s", x.tail())
	}
	if form := demotest.FindKey(x.written); form != "" {
		t.Errorf("the key is in the crash, as %q", form)
	}
	checkNoKeyIn(t, h.dir)
}
