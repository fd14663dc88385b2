package ui

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tintype/api/demo/demotest"
	"tintype/history"
	"tintype/ui/watchfile"
)

// TestWatchFile: each save of a watched file becomes the prompt and the settings. It buys nothing, a mistake changes nothing, and the same
// key stops it.
func TestWatchFile(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newApp(t, appOptions{})
		path := filepath.Join(t.TempDir(), "fox.txt")
		if err := os.WriteFile(path, []byte("A fox"), 0o600); err != nil {
			t.Fatal(err)
		}
		saves := make(chan watchfile.Save)
		s.m.options.WatchFile = func(ctx context.Context, watched string, each func(watchfile.Save)) {
			if watched != path {
				t.Errorf("watches %q", watched)
			}
			for {
				select {
				case save := <-saves:
					each(save)
				case <-ctx.Done():
					return
				}
			}
		}
		save := func(text string) {
			saves <- watchfile.Save{Change: watchfile.Saved, Data: []byte(text)}
			s.wait(time.Second)
		}
		s.typeText("my draft")
		s.press("ctrl+x", "w")
		s.wait(time.Second)
		s.typeText(path + "x")
		s.press("enter")
		s.wait(time.Second)
		if !strings.Contains(s.screenText(), "no such file") {
			t.Errorf("a file that is not there is taken:\n%s", s.screenText())
		}
		s.press("backspace", "enter")
		s.wait(time.Second)
		save("+++\nmodel = \"flux-dev\"\nguidance = 2.5\n[[axis]]\nof = \"aspect_ratio\"\nvalues = \"1:1, 16:9\"\n+++\nA {red|blue} fox\n")
		if got := s.m.prompt.Value(); got != "A {red|blue} fox" {
			t.Errorf("the prompt is %q", got)
		}
		if spec := s.m.spec(""); spec.Model != "black-forest-labs/flux-dev" || spec.Base["guidance"] != 2.5 || len(spec.Axes) != 1 {
			t.Errorf("the settings are %+v", spec)
		}
		if !strings.Contains(s.screenText(), "watching fox.txt") {
			t.Errorf("the label does not say it:\n%s", s.screenText())
		}
		if key := s.m.used.key; key != "" {
			t.Errorf("it comes from %q", key)
		}
		made, err := s.m.session.History.Append(history.NewKey(utcNow()), func(e history.Entry) history.Entry {
			e.State, e.ID, e.Input = history.Done, "by-its-id", map[string]any{"prompt": "A fox"}
			return e
		})
		if err != nil {
			t.Fatal(err)
		}
		save("+++\nparent = \"by-its-id\"\n+++\nA {red|blue} fox\n")
		if got := s.m.spec("").Parent; got != made.Key {
			t.Errorf("it comes from %q, want %s", got, made.Key)
		}
		save("+++\nparent = \"01m8aaaaaaaaaaaaaaaaaaaaaa\"\nmodel = \"flux-dev\"\nguidance = 2.5\n+++\nA {red|blue} fox\n")
		if got := s.m.spec("").Parent; got != "01m8aaaaaaaaaaaaaaaaaaaaaa" {
			t.Errorf("the file names its parent, and it comes from %q", got)
		}
		save("+++\ncfg = 2\n+++\nA hare")
		if got := s.m.prompt.Value(); got != "A {red|blue} fox" || !strings.Contains(s.screenText(), "fox.txt, line 2: no model here takes") {
			t.Errorf("a mistake makes it %q:\n%s", got, s.screenText())
		}
		saves <- watchfile.Save{Change: watchfile.Gone}
		s.wait(time.Second)
		if !strings.Contains(s.screenText(), "fox.txt is not there") {
			t.Errorf("nothing is said of a file that is gone:\n%s", s.screenText())
		}
		save("A hare")
		if spec := s.m.spec(s.m.prompt.Value()); spec.Prompt != "A hare" || spec.Base["guidance"] != 2.5 {
			t.Errorf("without settings of its own the file gives %+v", spec)
		}
		image := filepath.Join(filepath.Dir(path), "ref.png")
		if err := os.WriteFile(image, demotest.PNG(8, 8), 0o600); err != nil {
			t.Fatal(err)
		}
		save("+++\nmodel = \"flux-kontext-pro\"\ninput_image = \"ref.png\"\n+++\nA hat")
		if spec := s.m.spec(s.m.prompt.Value()); spec.Prompt != "A hat" || spec.Base["input_image"] != image {
			t.Errorf("an input image beside the file gives %+v", spec)
		}
		save("+++\nmodel = \"flux-kontext-pro\"\ninput_image = \"gone.png\"\n+++\nA cap")
		if got := s.m.prompt.Value(); got != "A hat" || !strings.Contains(s.screenText(), "There is no file for the input image") {
			t.Errorf("a missing image makes it %q:\n%s", got, s.screenText())
		}
		s.press("ctrl+x", "w")
		s.wait(time.Second)
		if text := s.screenText(); strings.Contains(text, "watching") || !strings.Contains(text, "no longer watched") || s.m.watched.stop != nil {
			t.Errorf("it is still watched:\n%s", text)
		}
		s.expectPurchases(0)
	})
}
