package ui

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"tintype/api/demo"
	"tintype/history"
	"tintype/ui/params"
	"tintype/ui/preview"
)

// TestPictureFromPromptToReuse: a prompt is typed and bought, its picture is saved and shown, found by the filter, and its input is used
// again.
func TestPictureFromPromptToReuse(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newApp(t, appOptions{})
		s.server.UpdateBehaviour(takeEightSeconds)
		s.expectText("No pictures yet.")
		if got := s.textIn(s.m.layout.Preview); got != "Describe a picture and press enter. 1024×1024 · about $0.003 tab example · F1 help · ctrl+c quit" {
			t.Errorf("the placeholder says %q", got)
		}
		s.typeText("A quiet quay at dawn")
		s.press("enter")
		key := s.m.list.Cursor()
		if s.m.prompt.Value() != "A quiet quay at dawn" || s.m.screens.home.focus != focusPrompt {
			t.Fatal("the purchase changed the text or the focus")
		}
		s.expectText("1 running", "starting")
		s.typeText(", in mist") // the next one is typed while the first develops
		s.waitForText("developing")
		expectProgress(s, key)
		s.waitForState(key, history.Done)
		s.wait(time.Second)
		expectSaved(s, key)
		expectFoundAndReused(s, key)
	})
}

// expectProgress waits for the end of a job. Meanwhile its progress must not decrease, and the title and the progress bar must show it.
func expectProgress(s *app, key string) {
	s.t.Helper()
	last := -1.0
	for {
		row, _ := s.m.list.Row(key)
		if row.Live == nil || row.State != history.Waiting {
			return
		}
		if row.Live.Progress < last {
			s.t.Fatalf("progress went back from %v to %v", last, row.Live.Progress)
		}
		last = row.Live.Progress
		if title := s.m.View().WindowTitle; !strings.HasPrefix(title, "1 running") || strings.Contains(title, "quay") {
			s.t.Fatalf("the title says %q", title)
		}
		if s.m.View().ProgressBar == nil {
			s.t.Fatal("the terminal's progress bar is not set")
		}
		s.wait(50 * time.Millisecond)
	}
}

// expectSaved fails the test unless the picture of a finished prediction is on disk and in the preview, and no job runs.
func expectSaved(s *app, key string) {
	s.t.Helper()
	row, _ := s.m.list.Row(key)
	info, err := os.Stat(s.m.session.History.Path(row.Outputs[0].Path))
	if err != nil || info.Size() != row.Outputs[0].Bytes {
		s.t.Fatalf("the picture on disk: %v, %+v", err, row.Outputs)
	}
	if s.m.preview.Shown().Key != key || len(s.m.preview.Shown().Tiles) != 1 {
		s.t.Fatalf("the preview shows %+v", s.m.preview.Shown())
	}
	if view := s.m.View(); view.WindowTitle != "tintype" || view.ProgressBar != nil {
		s.t.Errorf("title %q, bar %v, with nothing running", view.WindowTitle, view.ProgressBar)
	}
	s.expectText("1024×1024 webp · seed ", "~$0.003")
	s.expectNoText("running", "new")
}

// expectFoundAndReused filters the list, without a match and with one, and loads the prediction into the form.
func expectFoundAndReused(s *app, key string) {
	s.t.Helper()
	s.m.settings.Set(params.Shape, "16:9")
	s.press("ctrl+f")
	s.typeText("zeppelin")
	s.wait(100 * time.Millisecond)
	if got := s.textIn(s.m.layout.List); got != `Nothing in 1 matches "zeppelin". esc shows all.` {
		s.t.Errorf("the list says %q", got)
	}
	s.press("esc", "/")
	s.typeText("qua dawn")
	s.wait(100 * time.Millisecond)
	s.expectText("1 of 1")
	s.press("enter", "r")
	if got := s.m.prompt.Value(); got != "A quiet quay at dawn" {
		s.t.Errorf("r loaded %q", got)
	}
	if got := s.m.settings.Values()[params.Shape]; got != "1:1" {
		s.t.Errorf("r loaded the shape %v", got)
	}
	if s.m.screens.home.focus != focusPrompt {
		s.t.Error("r left the prompt without focus")
	}
	s.press("ctrl+_")
	if got := s.m.prompt.Value(); got != "A quiet quay at dawn, in mist" {
		s.t.Errorf("ctrl+_ restored %q", got)
	}
	if s.server.Counts().Posts != 1 {
		s.t.Errorf("%d purchases", s.server.Counts().Posts)
	}
	if row, _ := s.m.list.Row(key); row.Live != nil {
		s.t.Error("a job that has ended is still running")
	}
}

// injectFaults makes the server answer with faults.
func (s *app) injectFaults(faults ...demo.Fault) {
	s.server.UpdateBehaviour(func(k *demo.Behaviour) { k.Faults = faults })
}

var throttled = demo.Fault{On: demo.Create, Status: 429, Body: `{"detail":"Request was throttled. Your rate limit resets in ~30s."}`}

// TestCancelInEachState presses x x on a job in each state, and checks the sentence and the end.
func TestCancelInEachState(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name     string
		provider string
		prompt   string
		fault    demo.Fault
		reach    history.State
		after    time.Duration // that long after the state was reached
		says     string
		ends     history.State
		accepted int
	}{
		{
			name: "never sent", prompt: "x", fault: throttled, reach: history.Creating, after: 2 * time.Second,
			says: "Cancelled before it was sent; nothing is billed. u undoes that.", ends: history.Stopped,
		},
		{
			name: "on its way", prompt: "x [slow]", fault: demo.Fault{On: demo.Create, Delay: 2 * time.Second, Accept: true},
			reach: history.Creating, after: time.Second, says: "Cancelled after", ends: history.Stopped, accepted: 1,
		},
		{
			name: "developing", prompt: "x [slow]", reach: history.Waiting, after: 5 * time.Second,
			says: "Cancelled after 4 s. Replicate may bill the time it ran.", ends: history.Stopped, accepted: 1,
		},
		{
			name: "developing where nothing can be cancelled", provider: "cometapi", prompt: "x [slow]", reach: history.Waiting,
			after: 5 * time.Second, ends: history.Stopped, accepted: 1,
			says: "CometAPI cannot cancel. No longer followed; it may still run and be billed. f follows it again.",
		},
		{
			name: "saving", prompt: "x", fault: demo.Fault{On: demo.Output, Times: 3, Status: 500, Body: "later"}, reach: history.Saving,
			says: "It finished first. The picture is paid for, so it is kept.", ends: history.Done, accepted: 1,
		},
		{name: "done", prompt: "x", reach: history.Done, says: "This one isn't running.", ends: history.Done, accepted: 1},
		{name: "failed", prompt: "x [fail]", reach: history.Failed, says: "This one isn't running.", ends: history.Failed, accepted: 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			inBubble(t, func(t *testing.T) {
				s := newApp(t, appOptions{provider: c.provider, smallPictures: true})
				s.injectFaults(c.fault)
				key := s.develop(c.prompt)
				s.waitForState(key, c.reach)
				s.wait(c.after)
				s.press("esc", "x")
				if c.reach != c.ends {
					s.expectText("x again cancels")
				}
				s.press("x")
				s.waitForText(c.says)
				s.waitForState(key, c.ends)
				s.wait(time.Minute)
				if row, _ := s.m.list.Row(key); row.State != c.ends || s.server.Counts().Accepted != c.accepted {
					t.Errorf("ends as %s, %d accepted", row.State, s.server.Counts().Accepted)
				}
			})
		})
	}
}

// TestCancelFromThePrompt: ctrl+x x cancels at once, and only the selected job; ctrl+x X cancels all, after a question.
func TestCancelFromThePrompt(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newApp(t, appOptions{smallPictures: true})
		first := s.develop("first [slow]")
		second := s.develop("second [slow]")
		s.waitForState(second, history.Waiting)
		s.press("ctrl+x", "x")
		s.waitForState(second, history.Stopped)
		if row, _ := s.m.list.Row(first); row.State != history.Waiting {
			t.Errorf("the other one is %s", row.State)
		}
		s.press("ctrl+x", "X")
		s.wait(time.Second)
		s.press("y")
		s.waitForState(first, history.Stopped)
	})
}

// TestFollowAbandonedJob: f follows a job again that was left to the provider.
func TestFollowAbandonedJob(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newApp(t, appOptions{provider: "cometapi", smallPictures: true})
		key := s.develop("x [slow]")
		s.waitForState(key, history.Waiting)
		s.press("ctrl+x", "x")
		s.waitForState(key, history.Stopped)
		s.expectText("unfollowed")
		s.press("esc", "f")
		s.waitForState(key, history.Done)
	})
}

// TestSeveralPicturesAtOnce: when several pictures arrive together, the last one is shown and the others are marked as new. Each one that
// is shown stays for 1.5 s at least.
func TestSeveralPicturesAtOnce(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newApp(t, appOptions{smallPictures: true})
		s.server.UpdateBehaviour(takeEightSeconds)
		var keys []string
		for _, prompt := range []string{"one", "two", "three", "four"} {
			keys = append(keys, s.develop(prompt))
			s.wait(100 * time.Millisecond)
		}
		var shown, latest []string
		var since []time.Time
		s.onUpdate = func() {
			for _, key := range keys {
				if row, _ := s.m.list.Row(key); row.State == history.Done && !slices.Contains(latest, key) {
					latest = append(latest, key)
				}
			}
			if key := s.m.preview.Shown().Key; len(s.m.preview.Shown().Tiles) > 0 && (len(shown) == 0 || shown[len(shown)-1] != key) {
				shown, since = append(shown, key), append(since, utcNow())
			}
		}
		s.wait(30 * time.Second)
		if len(latest) != 4 || len(shown) == 0 || shown[len(shown)-1] != latest[3] {
			t.Fatalf("shown were %v of %v", shown, latest)
		}
		for i := 1; i < len(since); i++ {
			if stayed := since[i].Sub(since[i-1]); stayed < preview.MinDisplay {
				t.Errorf("%s stayed %v", shown[i-1], stayed)
			}
		}
		for _, key := range latest {
			if unseen := s.m.list.IsUnseen(key); unseen == slices.Contains(shown, key) {
				t.Errorf("%s: unseen %v, shown %v", key, unseen, shown)
			}
		}
	})
}

// TestPreviewStaysWhileBrowsingFromTheForm: with the focus in the form, a picture that the user chose by page down is shown until the next
// enter.
func TestPreviewStaysWhileBrowsingFromTheForm(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newAppWithHistory(t, appOptions{smallPictures: true})
		s.develop("a new one")
		s.press("pgdown", "pgdown")
		s.wait(time.Second)
		looked := s.m.preview.Shown().Key
		s.wait(20 * time.Second)
		if s.m.preview.Shown().Key != looked || looked == newestKey(s, "a new one") {
			t.Errorf("shown is %s, looked at was %s", s.m.preview.Shown().Key, looked)
		}
		s.expectText("1 new")
		s.waitForState(s.develop("another"), history.Done)
		s.wait(3 * time.Second)
		if s.m.preview.Shown().Key != newestKey(s, "another") {
			t.Error("the preview does not show the next purchase")
		}
	})
}
