package ui

import (
	"testing"
	"time"

	"tintype/ui/form"
)

// draftOnDisk is the draft that the next start over a folder would begin with.
func draftOnDisk(t *testing.T, dir string) string {
	t.Helper()
	f, _, err := form.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	return f.Draft
}

// TestFormLastWriteWins: a write of the form that is still under way when the program leaves does not undo the last one.
func TestFormLastWriteWins(t *testing.T) {
	story(t, func(t *testing.T) {
		s := sit(t, table{})
		s.typeText("one")
		s.hold() // a slow disk
		s.wait(2 * autosaveDelay)
		if len(s.ran) == 0 {
			t.Fatal("no write of the form is under way")
		}
		s.typeText(" two")
		s.m.autosave.finish(s.m.currentForm())
		if got := draftOnDisk(t, s.dir); got != "one two" {
			t.Fatalf("left with %q on disk", got)
		}
		s.release()
		if got := draftOnDisk(t, s.dir); got != "one two" {
			t.Errorf("the write under way put %q in its place", got)
		}
	})
}

// TestFormKeptWhileWritten: leaving writes the form though its write was asked for already, since nobody waits for that one.
func TestFormKeptWhileWritten(t *testing.T) {
	story(t, func(t *testing.T) {
		s := sit(t, table{})
		s.typeText("one")
		s.hold()
		s.wait(2 * autosaveDelay)
		s.m.autosave.finish(s.m.currentForm())
		if got := draftOnDisk(t, s.dir); got != "one" {
			t.Errorf("left with %q on disk", got)
		}
	})
}

// TestFormLeftWithItsSession: the demo takes a session's place within the second in which the draft was changed.
func TestFormLeftWithItsSession(t *testing.T) {
	story(t, func(t *testing.T) {
		s := sit(t, table{provider: "cometapi", noKey: true, openDemo: true})
		s.wait(time.Second)
		s.typeText("one")
		s.press("ctrl+x", "d")
		s.wait(2 * autosaveDelay)
		s.shows("DEMO · free")
		for _, dir := range []string{s.dir, s.dir + "-demo"} {
			if got := draftOnDisk(t, dir); got != "one" {
				t.Errorf("%s holds %q", dir, got)
			}
		}
	})
}
