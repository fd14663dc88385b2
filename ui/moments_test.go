package ui

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"tintype/history"
	"tintype/ui/internal/uitest"
	"tintype/ui/list"
	"tintype/ui/preview"
	"tintype/ui/tty"
)

// The moments are situations in which the program must not fail the user. Each has a number, and a test that goes through it.

// TestMoment01EnterShowsTheRowAtOnce: the frame after enter has the new row on top, however slow the disk is. Nothing has been written or
// sent yet, and Update itself never writes.
func TestMoment01EnterShowsTheRowAtOnce(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newAppWithHistory(t, appOptions{smallPictures: true})
		if locks, err := os.ReadDir(s.m.session.History.Path("running")); err != nil || len(locks) != 1 {
			t.Errorf("the driver's lock is not acquired before the first purchase: %v, %v", locks, err)
		}
		s.typeText(uitest.Dusk)
		s.holdCommands()
		s.sendKey("enter")
		top := s.lines()[s.m.layout.List.Y]
		if !strings.Contains(top, "… on calm water at dusk.") || !strings.Contains(top, "sending") {
			t.Fatalf("the next frame has on top %q", top)
		}
		s.expectPurchases(0)
		if _, err := s.m.session.History.Get(s.m.list.Cursor()); err == nil {
			t.Fatal("Update wrote to the disk")
		}
		s.releaseCommands()
		s.waitForState(s.m.list.Cursor(), history.Done)
		s.expectPurchases(1)
	})
}

// TestMoment02TypingLosesNoKey: while four pictures arrive and forty keys a second are typed, no key is lost or out of order.
func TestMoment02TypingLosesNoKey(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newApp(t, appOptions{w: 160, h: 50, smallPictures: true})
		var keys []string
		for _, prompt := range []string{"a sea", "a city", "a fox", "a forest"} {
			keys = append(keys, s.develop(prompt))
			s.wait(500 * time.Millisecond)
		}
		s.clearPrompt()
		typed := strings.Repeat("The quick brown fox jumps over the lazy dog. ", 6)
		s.typeSlowly(typed, 25*time.Millisecond)
		if got := s.m.prompt.Value(); got != typed {
			t.Errorf("typed %q, the prompt is %q", typed, got)
		}
		for _, key := range keys {
			if row, _ := s.m.list.Row(key); row.State != history.Done {
				t.Errorf("%s is %s after %v of typing", key, row.State, time.Duration(len(typed))*25*time.Millisecond)
			}
		}
		if got := s.m.prompt.Value(); strings.Count(s.screenText(), "dog.") == 0 {
			t.Errorf("%q is not on the screen", got)
		}
	})
}

// TestMoment03PictureReplacedWithoutBlank: while a new picture replaces an old one, no frame has an empty cell where both have a picture.
func TestMoment03PictureReplacedWithoutBlank(t *testing.T) {
	t.Parallel()
	for _, protocol := range []string{"kitty", "cells"} {
		t.Run(protocol, func(t *testing.T) {
			inBubble(t, func(t *testing.T) {
				s := newApp(t, appOptions{appearance: Appearance{Graphics: protocol}, smallPictures: true})
				s.waitForState(s.develop("a sea at night"), history.Done)
				s.wait(2 * time.Second)
				before := s.m.preview.Shown()
				if len(before.Tiles) != 1 {
					t.Fatalf("the preview shows %+v", before)
				}
				frames := 0
				s.onUpdate = func() {
					frames++
					expectWholePicture(s, before.Tiles[0])
				}
				key := s.develop("a sea in the morning")
				s.waitForState(key, history.Done)
				s.wait(2 * time.Second)
				if s.m.preview.Shown().Key != key || frames < 10 {
					t.Fatalf("the new picture did not come in %d frames", frames)
				}
			})
		})
	}
}

// expectWholePicture fails the test unless every line of the picture in the preview is one of its rendered lines.
func expectWholePicture(s *app, first preview.Tile) {
	s.t.Helper()
	sc := s.m.preview.Shown()
	if len(sc.Tiles) != 1 {
		s.t.Fatalf("a frame shows %d pictures", len(sc.Tiles))
	}
	frame, ok := s.m.preview.FrameOrDraft(sc.Tiles[0])
	if !ok || len(frame.Lines) == 0 {
		s.t.Fatal("a frame has no picture")
	}
	if sc.Tiles[0].At != first.At {
		s.t.Fatalf("the picture moved from %+v to %+v", first.At, sc.Tiles[0].At)
	}
	for y, line := range strings.Split(s.m.View().Content, "\n")[first.At.Y:][:len(frame.Lines)] {
		if !strings.Contains(line, frame.Lines[y]) {
			s.t.Fatalf("row %d of the picture is not whole", y)
		}
	}
}

// TestMoment04HeldEnterBuysOnce: thirty repeats of a held enter buy once. The same input can be bought again 0.4 s after the last of them. A
// pasted text, with brackets or without, buys nothing.
func TestMoment04HeldEnterBuysOnce(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newApp(t, appOptions{smallPictures: true})
		s.typeText("a boat")
		for range 30 {
			s.press("enter")
			s.wait(33 * time.Millisecond)
		}
		s.wait(350 * time.Millisecond)
		s.press("enter")
		s.expectPurchases(1)
		s.wait(390 * time.Millisecond)
		s.press("enter")
		s.expectPurchases(1)
		s.wait(410 * time.Millisecond)
		s.press("enter")
		s.expectPurchases(2)
		s.typeText("s") // another input can be bought at once
		s.press("enter")
		s.expectPurchases(3)
	})
	t.Run("paste", func(t *testing.T) {
		inBubble(t, func(t *testing.T) {
			s := newApp(t, appOptions{smallPictures: true})
			s.pasteText("Two roads\ndiverged\r\nin a yellow wood\n")
			s.expectPurchases(0)
			if got := s.m.prompt.Value(); !strings.HasPrefix(got, "Two roads\ndiverged\nin a yellow wood") {
				t.Errorf("pasted %q", got)
			}
		})
	})
	t.Run("no brackets", func(t *testing.T) {
		inBubble(t, func(t *testing.T) {
			s := newApp(t, appOptions{smallPictures: true})
			s.send(tty.Burst("Two roads\n"))
			s.send(tty.Burst("diverged\n"))
			s.expectPurchases(0)
			if got := s.m.prompt.Value(); got != "Two roads\ndiverged\n" {
				t.Errorf("pasted %q", got)
			}
			s.press("enter") // package tty has decided that it is none of the paste
			s.expectPurchases(1)
		})
	})
}

// TestMoment05TypingIntoTheList: a sentence typed into the list by mistake does nothing that one ctrl+_ cannot undo.
func TestMoment05TypingIntoTheList(t *testing.T) {
	t.Parallel()
	for _, sentence := range []string{
		"A quick fox, quietly", "an ox exits", "Xylophones, my xx and Xx", "use one xebec, yes", "yes, xerox it all",
	} {
		t.Run(sentence, func(t *testing.T) {
			inBubble(t, func(t *testing.T) {
				s := newAppWithHistory(t, appOptions{editor: []string{"false"}})
				s.develop("a slow boat [slow]")
				key := s.m.list.Cursor()
				s.waitForState(key, history.Waiting)
				s.clearPrompt()
				s.typeText("my draft")
				s.press("esc")
				s.typeSlowly(sentence, 125*time.Millisecond)
				s.expectText("You are in the list. Press ") // esc, or tab where esc would clear a mark
				expectNoHarm(s, key)
			})
		})
	}
}

// expectNoHarm fails the test if a purchase, a cancel, an exit or the loss of the draft was caused by mistake.
func expectNoHarm(s *app, key string) {
	s.t.Helper()
	s.wait(4 * time.Second)
	if row, _ := s.m.list.Row(key); row.State != history.Waiting || row.Live.CancelRequested {
		s.t.Errorf("the job is %s", row.State)
	}
	s.expectPurchases(1)
	if s.quit || s.suspended > 0 || s.execs > 0 {
		s.t.Errorf("quit %v, suspended %d, editors %d", s.quit, s.suspended, s.execs)
	}
	for s.m.screens.home.focus != focusPrompt || !s.m.screens.IsHome() || s.m.dialogs.TakesKeys() || s.m.list.IsEditingFilter() {
		s.press("esc")
	}
	if s.m.prompt.Value() != "my draft" {
		s.press("ctrl+_")
	}
	if got := s.m.prompt.Value(); got != "my draft" {
		s.t.Errorf("the draft is %q", got)
	}
}

// TestMoment06CancelArmsOneJob: x arms the cancel of one job. If another row arrives before the second x, that cancels the armed job and no
// other.
func TestMoment06CancelArmsOneJob(t *testing.T) {
	t.Parallel()
	t.Run("another row arrives", func(t *testing.T) {
		inBubble(t, func(t *testing.T) {
			s := newApp(t, appOptions{smallPictures: true})
			other := s.develop("one [slow]")
			armed := s.develop("two [slow]")
			s.waitForState(armed, history.Waiting)
			s.press("esc", "x")
			s.expectText("x again cancels")
			addPredictionsElsewhere(t, s.dir, pastPrediction{prompt: "from another terminal"})
			s.wait(1500 * time.Millisecond)
			s.expectText("1 newer")
			s.press("x")
			s.waitForState(armed, history.Stopped)
			if row, _ := s.m.list.Row(other); row.State != history.Waiting || s.server.Counts().Cancels != 1 {
				t.Errorf("the other one is %s, %d cancels", row.State, s.server.Counts().Cancels)
			}
		})
	})
	t.Run("the time runs out", func(t *testing.T) {
		inBubble(t, func(t *testing.T) {
			s := newApp(t, appOptions{smallPictures: true})
			key := s.develop("one [slow]")
			s.waitForState(key, history.Waiting)
			s.press("esc", "x")
			s.wait(3100 * time.Millisecond)
			s.expectNoText("x again cancels")
			s.press("x") // arms it again
			s.press("down", "x")
			s.wait(3100 * time.Millisecond)
			if row, _ := s.m.list.Row(key); row.State != history.Waiting || s.server.Counts().Cancels != 0 {
				t.Errorf("it is %s, %d cancels", row.State, s.server.Counts().Cancels)
			}
		})
	})
}

// TestMoment07UndoCancel: within 10 s, u undoes the cancel of a purchase that was not sent. One that was sent cannot be undone, and a note
// says so.
func TestMoment07UndoCancel(t *testing.T) {
	t.Parallel()
	t.Run("not sent", func(t *testing.T) {
		inBubble(t, func(t *testing.T) {
			s := newApp(t, appOptions{smallPictures: true})
			s.injectFaults(throttled)
			key := s.develop("a boat")
			s.wait(time.Second)
			s.press("esc", "x", "x")
			s.waitForState(key, history.Stopped)
			s.expectSentence("Cancelled before it was sent; nothing is billed. u undoes that.")
			s.wait(9 * time.Second)
			s.press("u")
			s.expectSentence("It is sent after all.")
			s.injectFaults()
			s.waitForState(key, history.Done)
			s.expectPurchases(2) // one was throttled, one accepted
			if n := s.server.Counts().Accepted; n != 1 {
				t.Errorf("%d accepted", n)
			}
		})
	})
	t.Run("too late", func(t *testing.T) {
		inBubble(t, func(t *testing.T) {
			s := newApp(t, appOptions{smallPictures: true})
			s.injectFaults(throttled)
			key := s.develop("a boat")
			s.wait(time.Second)
			s.press("esc", "x", "x")
			s.wait(11 * time.Second)
			s.press("u")
			s.expectSentence("r reuses it")
			s.waitForState(key, history.Stopped)
		})
	})
	t.Run("sent", func(t *testing.T) {
		inBubble(t, func(t *testing.T) {
			s := newApp(t, appOptions{smallPictures: true})
			key := s.develop("a boat [slow]")
			s.waitForState(key, history.Waiting)
			s.press("esc", "x", "x")
			s.waitForState(key, history.Stopped)
			s.press("u")
			s.expectSentence("Already sent; it can't be undone. r reuses it.")
		})
	})
}

// TestMoment08RowsFromAnotherProgram: when another program adds five predictions, the rows in sight stay where they are, and the preview is
// not redrawn.
func TestMoment08RowsFromAnotherProgram(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newAppWithHistory(t, appOptions{w: 120, h: 26})
		s.press("esc", "down", "down")
		s.wait(5 * time.Second)
		room := s.m.layout.List
		rows, shown, raw := s.lines()[room.Y:room.Bottom()], s.m.preview.Shown(), len(s.rawOutput)
		stage := s.previewCells()
		var five []pastPrediction
		for i := range 5 {
			five = append(five, pastPrediction{prompt: fmt.Sprint("from another terminal, number ", i)})
		}
		addPredictionsElsewhere(t, s.dir, five...)
		s.onUpdate = func() {
			if s.previewCells() != stage {
				t.Fatal("the preview was redrawn")
			}
		}
		s.wait(3 * time.Second)
		if got := s.lines()[room.Y:room.Bottom()]; strings.Join(got, "\n") != strings.Join(rows, "\n") {
			t.Errorf("the rows were\n%s\nand are\n%s", strings.Join(rows, "\n"), strings.Join(got, "\n"))
		}
		s.expectText("5 newer")
		if len(s.rawOutput) != raw || !s.m.preview.Shown().Equal(shown) {
			t.Errorf("the terminal was sent %q", s.rawOutput[raw:])
		}
		s.press("g")
		s.expectText("number 4")
		s.expectNoText("newer")
	})
}

// previewCells returns the text and the styles of the preview's cells.
func (s *app) previewCells() string {
	buf, r := s.screenBuffer(), s.m.layout.Preview
	var b strings.Builder
	for y := r.Y; y < r.Bottom(); y++ {
		for x := r.X; x < r.Right(); x++ {
			if cell := buf.CellAt(x, y); cell != nil {
				b.WriteString(cell.Content + cell.Style.String())
			}
		}
	}
	return b.String()
}

// TestMoment10RestoredAfterKill: a kill while the user types loses at most the last two seconds. The next start restores the draft, the
// cursor, the settings, the selection and the view.
func TestMoment10RestoredAfterKill(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newAppWithHistory(t, appOptions{})
		s.press("esc", "down", "down", "3")
		s.wait(500 * time.Millisecond)
		starred := s.m.list.Cursor()
		s.press("esc", "esc", "tab", "down", "1", "6", "tab", "tab")
		s.m.list.SetView(list.ViewStarred)
		s.typeSlowly("A fox in the half light", 100*time.Millisecond)
		s.press("left", "left", "left")
		s.wait(2 * time.Second)
		s.typeText("lost") // in the last two seconds
		again := newApp(t, appOptions{dir: s.copyFolder(), server: s.server})
		f, g := s.m.currentForm(), again.m.currentForm()
		if g.Draft != "A fox in the half light" || g.Cursor != len("A fox in the half li") {
			t.Errorf("draft %q, cursor %d", g.Draft, g.Cursor)
		}
		if g.Settings.Model != f.Settings.Model || fmt.Sprint(g.Settings) != fmt.Sprint(f.Settings) || g.View != int(list.ViewStarred) {
			t.Errorf("settings %+v, view %d; they were %+v, %d", g.Settings, g.View, f.Settings, f.View)
		}
		if g.Selected != starred {
			t.Errorf("selected %q, it was %q", g.Selected, starred)
		}
		again.expectText("A fox in the half light", "Starred", "16:9")
	})
}
