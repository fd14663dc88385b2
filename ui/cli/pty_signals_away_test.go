//go:build unix

package cli_test

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// TestFaultSIGTERMAway: asked to end while the editor or the shell has the terminal, the program ends too. The editor is asked to
// end, the shell's screen is not touched, and the job goes on and is followed at the next start.
func TestFaultSIGTERMAway(t *testing.T) {
	t.Parallel()
	for _, way := range []ending{sigterm, sighup, terminalClosed} {
		inParallel(t, way.name+" in the editor", func(t *testing.T) { endInEditor(t, newHome(t), way, jobAtServer(t)) })
	}
	for _, signal := range []string{"TERM", "HUP"} {
		inParallel(t, "SIG"+signal+" while suspended", func(t *testing.T) { endSuspended(t, newHome(t), signal) })
	}
	inParallel(t, "SIGTERM in the background", func(t *testing.T) { endInBackground(t, newHome(t)) })
	if longTests() {
		inParallel(t, "SIGTERM in the editor of the demo", func(t *testing.T) {
			h := newHome(t)
			endInEditor(t, h, sigterm, jobAtDemo(t, h))
		})
	}
}

// activeJob is a job that is active long enough to end the program meanwhile.
type activeJob struct {
	options   startOptions    // of a program that buys it
	finish    func(*terminal) // ends the job, once a program follows it
	purchases func() int
}

// jobAtServer is a job at a server of this process, which ends when it is told to.
func jobAtServer(t *testing.T) activeJob {
	server := newServer(t, slow)
	return activeJob{
		options: server.options(),
		finish: func(x *terminal) {
			x.waitFor("1 running")
			server.finish()
		},
		purchases: func() int { return server.Counts().Accepted },
	}
}

// jobAtDemo is a job at the demo, which ends after some seconds, whether a program follows it or not.
func jobAtDemo(t *testing.T, h *home) activeJob {
	return activeJob{
		options:   startOptions{args: []string{"--demo", "--model", "flux-dev"}},
		finish:    func(*terminal) {},
		purchases: func() int { return h.demoPurchases(t) },
	}
}

// endInEditor ends the program while an editor has the terminal, in modes of its own that it does not restore.
func endInEditor(t *testing.T, h *home, way ending, job activeJob) {
	editor := filepath.Join(h.dir, "editor")
	if err := os.WriteFile(editor, []byte("#!/bin/sh\nstty raw -echo\necho The editor is open.\nread line\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	options := job.options
	options.env = append(options.env, "EDITOR="+editor)
	x := h.open(t, options)
	x.developSlowly()
	x.send(ctrlX)
	x.waitFor("e editor")
	x.send("e")
	x.waitFor("The editor is open.")
	way.endIt(x)
	h.checkFollowed(t, job)
}

// killJob is a line of shell that ends a stopped job, and prints when it is gone.
func killJob(signal string) string {
	return `pid=$(jobs -p); kill -` + signal + ` %1; kill -CONT %1; wait %1; kill -0 $pid 2>/dev/null || echo It is gone.; read line`
}

// endSuspended ends the program while it is stopped and the shell has its terminal.
func endSuspended(t *testing.T, h *home, signal string) {
	job := jobAtServer(t)
	x := h.openInShell(t, `"$0" "$@"; echo It is suspended.; read line; `+killJob(signal), job.options)
	x.developSlowly()
	x.send(ctrlZ)
	x.waitFor("It is suspended.")
	x.send("\n")
	x.waitFor("It is gone.")
	x.waitForNo("Pictures") // the shell's screen, not the program's
	x.send("\n")
	x.waitForExit()
	x.checkRestored()
	h.checkFollowed(t, job)
}

// endInBackground continues the program in the background, where it waits for the terminal, and ends it there.
func endInBackground(t *testing.T, h *home) {
	job := jobAtServer(t)
	x := h.openInShell(t, `"$0" "$@"; echo It is suspended.; read line; bg; echo It is in the background.; read line; `+killJob("TERM"), job.options)
	x.developSlowly()
	x.send(ctrlZ)
	x.waitFor("It is suspended.")
	x.send("\n")
	x.waitFor("It is in the background.")
	x.waitForNo("Pictures")
	x.send("\n")
	x.waitFor("It is gone.")
	x.send("\n")
	x.waitForExit()
	x.checkRestored()
	h.checkFollowed(t, job)
}

// checkFollowed starts the program again: it follows the job to its end, and nothing was bought twice.
func (h *home) checkFollowed(t *testing.T, job activeJob) {
	t.Helper()
	again := h.open(t, job.options)
	job.finish(again)
	again.waitFor("✓ A boat.")
	if n := job.purchases(); n != 1 {
		t.Errorf("%d predictions were bought", n)
	}
	again.signal(syscall.SIGTERM)
	again.waitForExit()
}
