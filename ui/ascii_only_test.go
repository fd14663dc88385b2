package ui

import (
	"testing"
	"time"

	"tintype/history"
)

// TestASCIITerminalShowsOnlyASCII: a terminal that can only draw ASCII is given only ASCII, on every screen and in every dialog.
func TestASCIITerminalShowsOnlyASCII(t *testing.T) {
	t.Parallel()
	over := []pathToPlace{
		{"shape", []string{"ctrl+x", "a"}},
		{"quality", []string{"ctrl+x", "q"}},
		{"seed", []string{"ctrl+x", "s"}},
		{"image", []string{"ctrl+x", "i"}},
		{"recall", []string{"ctrl+r"}},
		{"take", []string{"esc", "t"}},
		{"copy", []string{"esc", "y"}},
		{"unconfirmed", []string{"esc", "G", "enter"}},
	}
	for _, at := range append(over, pathsToPlaces...) {
		t.Run(at.name, func(t *testing.T) {
			inBubble(t, func(t *testing.T) {
				s := newAppWithHistory(t, appOptions{env: map[string]string{"NO_COLOR": "1", "LANG": "C"}},
					pastPrediction{age: 9 * time.Minute, prompt: "maybe bought", state: history.Unconfirmed, change: withoutAnswer},
					pastPrediction{age: 5 * time.Minute, prompt: "went wrong", state: history.Failed, change: withFlaggedError},
					pastPrediction{age: 4 * time.Minute, prompt: "went wrong twice", state: history.Failed, change: withFlaggedError},
				)
				s.m.settings.SetModel("black-forest-labs/flux-kontext-pro")
				s.pressSlowly(at.keys)
				for _, r := range s.screenText() {
					if r >= 0x80 {
						t.Fatalf("%q is on the screen:\n%s", r, s.screenText())
					}
				}
			})
		})
	}
}
