package ui

import (
	"errors"
	"strings"
	"testing"

	"tintype/history"
	"tintype/ui/wording"
)

// TestNotRecordedFitsItsCause: a purchase that could not be written down is told with what helps: room for a full disk alone.
func TestNotRecordedFitsItsCause(t *testing.T) {
	for code, word := range map[string]string{
		"full": "Free some room", "disk": "Free some room", "busy": "Another program holds the history", "no_lock": "--data-dir",
	} {
		said := wording.NotRecorded(&history.WriteError{Code: code}, "x")
		if !strings.HasPrefix(said, "Not sent: ") || !strings.Contains(said, word) {
			t.Errorf("%s: %q", code, said)
		}
		if code != "full" && code != "disk" && strings.Contains(said, "Free some room") {
			t.Errorf("%s is told as a full disk: %q", code, said)
		}
	}
	for _, trouble := range []error{nil, errors.New("some other")} {
		if said := wording.NotRecorded(trouble, "The entry is too long for the history. Shorten the prompt."); !strings.Contains(said, "Shorten the prompt.") {
			t.Errorf("the purchase's own fault is told as %q", said)
		}
	}
}
