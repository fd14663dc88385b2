package ui

import (
	"testing"
	"time"

	"tintype/ui/form"
)

// savedDraft returns the draft that is on disk.
func savedDraft(t *testing.T, dir string) string {
	t.Helper()
	f, _, err := form.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	return f.Draft
}

// TestAutosaveLastWriteWins: a write of the form that is still running when the program ends does not replace the last one.
func TestAutosaveLastWriteWins(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newApp(t, appOptions{})
		s.typeText("one")
		s.holdCommands() // a slow disk
		s.wait(2 * autosaveDelay)
		if len(s.heldCommands) == 0 {
			t.Fatal("no write of the form is running")
		}
		s.typeText(" two")
		s.m.autosave.finish(s.m.currentForm())
		if got := savedDraft(t, s.dir); got != "one two" {
			t.Fatalf("left with %q on disk", got)
		}
		s.releaseCommands()
		if got := savedDraft(t, s.dir); got != "one two" {
			t.Errorf("the running write put %q in its place", got)
		}
	})
}

// TestAutosaveOnExitDuringWrite: the program writes the form when it ends, even if a write is running, since it does not wait for that one.
func TestAutosaveOnExitDuringWrite(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newApp(t, appOptions{})
		s.typeText("one")
		s.holdCommands()
		s.wait(2 * autosaveDelay)
		s.m.autosave.finish(s.m.currentForm())
		if got := savedDraft(t, s.dir); got != "one" {
			t.Errorf("left with %q on disk", got)
		}
	})
}

// TestAutosaveWhenTheSessionIsReplaced: the demo replaces the session less than a second after the draft was changed. Both folders get it.
func TestAutosaveWhenTheSessionIsReplaced(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newApp(t, appOptions{provider: "cometapi", noKey: true, withDemo: true})
		s.wait(time.Second)
		s.typeText("one")
		s.press("ctrl+x", "d")
		s.wait(2 * autosaveDelay)
		s.expectText("DEMO · free")
		for _, dir := range []string{s.dir, s.dir + "-demo"} {
			if got := savedDraft(t, dir); got != "one" {
				t.Errorf("%s holds %q", dir, got)
			}
		}
	})
}
