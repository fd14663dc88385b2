package wording

import (
	"errors"
	"strings"
	"testing"

	"tintype/history"
)

// TestNotRecordedFitsItsCause: a purchase that could not be written down says what helps; only a full or broken disk asks for room.
func TestNotRecordedFitsItsCause(t *testing.T) {
	t.Parallel()
	for code, words := range map[string]string{
		"full": "Free some room", "disk": "Free some room", "busy": "Another program holds the history", "no_lock": "--data-dir",
	} {
		got := Writer{WriteError: &history.WriteError{Code: code}}.NotRecorded("x")
		if !strings.HasPrefix(got, "Not sent: ") || !strings.Contains(got, words) {
			t.Errorf("%s: %q", code, got)
		}
		if code != "full" && code != "disk" && strings.Contains(got, "Free some room") {
			t.Errorf("%s asks for room: %q", code, got)
		}
	}
	for _, err := range []error{nil, errors.New("some other")} {
		got := Writer{WriteError: err}.NotRecorded("The entry is too long for the history. Shorten the prompt.")
		if !strings.Contains(got, "Shorten the prompt.") {
			t.Errorf("the purchase's own fault is shown as %q", got)
		}
	}
}

func TestHistoryTrouble(t *testing.T) {
	t.Parallel()
	for code, want := range map[string]string{
		"full": "disk full", "read_only": "history is read-only", "no_lock": "history cannot be locked", "busy": "history is locked",
		"disk": "disk trouble",
	} {
		if got := HistoryTrouble(&history.WriteError{Code: code}); got != want {
			t.Errorf("%s: %q, want %q", code, got, want)
		}
	}
	if got := HistoryTrouble(errors.New("some other")); got != "history trouble" {
		t.Errorf("another error: %q", got)
	}
}
