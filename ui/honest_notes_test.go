package ui

import (
	"os"
	"os/exec"
	"runtime"
	"strings"
	"testing"

	"tintype/history"
	"tintype/ui/format"
)

// TestViewerThatCouldNotOpen: the viewer's exit status and its words reach the user; a viewer that works says nothing.
func TestViewerThatCouldNotOpen(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("the viewers are lines for sh")
	}
	for script, want := range map[string]string{
		"exit 0":           "",
		"echo careful >&2": "",
		"exit 3":           "sh could not open /a/b.png.",
		"echo 'no GUI' >&2; echo 'no method available for b.png.' >&2; exit 3": "sh could not open /a/b.png (no method available for b.png).",
		"kill -9 $$": "sh could not open /a/b.png.",
	} {
		got := ""
		if err := startViewer(exec.Command("sh", "-c", script), "/a/b.png", os.Environ()); err != nil {
			got = err.Error()
		}
		if got != want {
			t.Errorf("%s: %q, want %q", script, got, want)
		}
	}
	if err := startViewer(exec.Command("/nothing/like/it"), "/a/b.png", nil); err == nil || !strings.Contains(err.Error(), "No viewer was found") {
		t.Error(err)
	}
}

// TestViewerGetsFilesOnly: no viewer is started for a device, which it might read for ever.
func TestViewerGetsFilesOnly(t *testing.T) {
	t.Parallel()
	said, ok := openInViewer(os.DevNull, nil)().(viewedMsg)
	if !ok || said.err == nil || !strings.Contains(said.err.Error(), "is not a file") {
		t.Errorf("%+v", said)
	}
}

// TestCopyClaimsNothing: in a terminal that is known to accept text for the clipboard the note is plain; in any other it says why the text
// may not arrive.
func TestCopyClaimsNothing(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		for env, want := range map[string]string{
			"WT_SESSION": "Copied the prompt.",
			"TMUX":       "The prompt was sent to the clipboard; tmux keeps it, unless allowed: tmux set -s set-clipboard on",
			"NOTHING":    "The prompt was sent to the clipboard; this terminal does not say whether it takes it.",
		} {
			s := newAppWithHistory(t, appOptions{env: map[string]string{env: "1"}}, sampleAlbum()...)
			s.press("esc", "y", "p")
			s.expectSentence(want)
			if len(s.copied) != 1 {
				t.Errorf("%s: copied %q", env, s.copied)
			}
		}
	})
}

// TestOthersPurchasesCountWithoutAKey: what another program buys today is in the sum, although this one has no key.
func TestOthersPurchasesCountWithoutAKey(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		buyer := newApp(t, appOptions{smallPictures: true, provider: "replicate"})
		s := newApp(t, appOptions{dir: buyer.dir, server: buyer.server, noKey: true, provider: "replicate"})
		buyer.waitForState(buyer.develop("A kite over the dunes."), history.Done)
		s.wait(3 * refreshInterval)
		if s.m.spending.today == (format.Spending{}) || s.m.spending.today != buyer.m.spending.today {
			t.Errorf("the sum is %+v, the buyer's %+v", s.m.spending.today, buyer.m.spending.today)
		}
	})
}

// TestSettingWithoutEffectIsNotOffered: the menu says why a quality cannot be chosen for PNG.
func TestSettingWithoutEffectIsNotOffered(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newApp(t, appOptions{})
		s.m.settings.Set("output_format", "png")
		s.press("ctrl+x", "q")
		s.expectSentence("Quality has no effect when format is png: choose another format, or leave out quality.")
	})
}
