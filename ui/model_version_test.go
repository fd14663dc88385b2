package ui

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"testing"
	"time"

	"tintype/ui/form"
)

// TestVersionInTheForm: enter buys from the version of the form's model, r loads it again, and the picture without it is another one.
func TestVersionInTheForm(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newApp(t, appOptions{})
		hash := sha256.Sum256([]byte("tintype demo black-forest-labs/flux-schnell"))
		version := hex.EncodeToString(hash[:]) // the only one that the demo knows
		named := "black-forest-labs/flux-schnell:" + version
		if err := s.m.settings.LoadOne(form.RowModel, named); err != nil {
			t.Fatal(err)
		}
		e, err := s.m.session.History.Get(s.develop("a fox"))
		if err != nil {
			t.Fatal(err)
		}
		if e.Model != "black-forest-labs/flux-schnell" || e.Version != version {
			t.Errorf("bought from %s %s", e.Model, e.Version)
		}
		s.wait(time.Minute)
		if got := curl(e, "KEY"); !strings.Contains(got, `/predictions'`) || strings.Contains(got, "/models/") || !strings.Contains(got, version) {
			t.Errorf("as a command: %s", got)
		}
		s.m.settings.SetModel("flux-schnell")
		s.press("esc", "r")
		if got := s.m.settings.ModelID(); got != named {
			t.Errorf("r loads %s", got)
		}
		s.expectText("flux-schnell:" + version[:8])
	})
}

// TestSheetSaysThatFormatsAreTheSame: a cell that differs in the format alone says so, and what can be done.
func TestSheetSaysThatFormatsAreTheSame(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newApp(t, appOptions{w: 120, h: 40})
		s.showPlan("a {red|blue} fox", "output_format=jpg,png")
		s.expectText("2 the same", "= left")
		s.press("down", "right")
		s.expectText(`output_format png · another file, not another picture   same_picture = "same-format" buys each`)
	})
}
