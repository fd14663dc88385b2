package lab_test

import (
	"testing"

	"tintype/history"
	"tintype/ui/lab"
)

func TestFailures(t *testing.T) {
	t.Parallel()
	failed := func(code string) history.Entry {
		e := history.Entry{State: history.Failed}
		if code != "" {
			e.Error = &history.EntryError{Code: code}
		}
		return e
	}
	for code, ofInput := range map[string]bool{"": true, "failed": true, "flagged": true, "invalid": true, "credit": false, "unauthorized": false, "not_sent": false, "server": false} {
		if got := lab.IsFailureOfInput(failed(code)); got != ofInput {
			t.Errorf("%q is of the input: %t, want %t", code, got, ofInput)
		}
		if !lab.FailedAlike(failed(code), failed(code)) || lab.FailedAlike(failed(code), failed("other")) {
			t.Errorf("%q is not like itself, or like another one", code)
		}
	}
	if done := (history.Entry{State: history.Done}); lab.IsFailureOfInput(done) || lab.FailedAlike(done, done) {
		t.Error("one that is done failed")
	}
}
