package wording

import (
	"testing"
	"time"

	"tintype/api"
	"tintype/history"
	"tintype/ui/internal/uitest"
	"tintype/ui/runner"
)

// TestCaptions checks the captions of rows that did not end well, or that wait, word for word.
func TestCaptions(t *testing.T) {
	t.Parallel()
	until := now.Add(4200 * time.Millisecond)
	for _, c := range []struct {
		name  string
		entry history.Entry
		live  *runner.Live
		want  string
	}{
		{"done", history.Entry{State: history.Done}, nil, ""},
		{"under way", history.Entry{State: history.Waiting}, &runner.Live{}, ""},
		{"failed without a reason", history.Entry{State: history.Failed}, nil, "Failed at the provider. [reuse] reuses it."},
		{
			"failed",
			history.Entry{State: history.Failed, ID: "id", Error: &history.EntryError{Detail: "out of memory."}},
			nil,
			"Failed at the provider: out of memory. [reuse] reuses it.",
		},
		{
			"flagged",
			history.Entry{State: history.Failed, ID: "id", Error: &history.EntryError{Detail: "NSFW (E005)"}},
			nil,
			"Flagged by the provider's filter (E005); may be billed. Another seed often passes: [reuse, then develop].",
		},
		{
			"flagged by the demo",
			history.Entry{State: history.Failed, Provider: "demo", ID: "id", Error: &history.EntryError{Detail: "NSFW (E005)"}},
			nil,
			"Flagged by the provider's filter (E005); nothing is billed. Another seed often passes: [reuse, then develop].",
		},
		{
			"refused by the demo",
			history.Entry{State: history.Failed, Error: &history.EntryError{Sentence: "The demo refused."}},
			nil,
			"The demo refused. Nothing is billed. [reuse] reuses it.",
		},
		{"cancelled before it was sent", history.Entry{State: history.Stopped}, nil, "Cancelled before it was sent. Nothing is billed."},
		{
			"cancelled",
			history.Entry{State: history.Stopped, ID: "id", Status: "canceled", Provider: "replicate"},
			nil,
			"Cancelled. Replicate may bill the time it ran.",
		},
		{
			"cancelled in the demo",
			history.Entry{State: history.Stopped, ID: "id", Status: "canceled", Provider: api.Demo},
			nil,
			"Cancelled. Nothing is billed.",
		},
		{"aborted", history.Entry{State: history.Stopped, ID: "id", Status: "aborted"}, nil, "Cancelled before it started. Nothing is billed."},
		{
			"left, by its reason",
			history.Entry{State: history.Stopped, ID: "id", CancelReason: "not_followed"},
			nil,
			"No longer followed; it may still run and be billed. [follow] follows it again.",
		},
		{
			"settled",
			history.Entry{State: history.Stopped, CancelReason: "settled", Model: "black-forest-labs/flux-dev", Provider: "replicate"},
			nil,
			"You checked it, and are not asked again. It may have been bought (about $0.025).",
		},
		{
			"the API's error has a reason's code",
			history.Entry{State: history.Failed, Error: &history.EntryError{Code: "canceled", Sentence: "Cancelled before Replicate answered."}},
			nil,
			"Cancelled before Replicate answered. Nothing is billed. [reuse] reuses it.",
		},
		{
			"left",
			history.Entry{State: history.Stopped, ID: "id", Status: "processing"},
			nil,
			"No longer followed; it may still run and be billed. [follow] follows it again.",
		},
		{
			"deleted",
			history.Entry{State: history.Lost, CompletedAt: now.Add(-25 * time.Hour)},
			nil,
			"The provider keeps pictures for an hour, and this one was not saved here by 11 Aug 16:00. Prompt and seed are kept: [reuse] reuses them.",
		},
		{
			"empty",
			history.Entry{State: history.Lost, Error: &history.EntryError{Code: "empty", Sentence: "It succeeded, but without a picture."}},
			nil,
			"It succeeded, but without a picture.",
		},
		{
			"asked to wait before it is sent",
			history.Entry{State: history.Creating, Provider: api.Demo},
			&runner.Live{Waiting: runner.ProviderAsked, Until: until},
			"The demo asks to wait: sent in 5 s. Nothing is billed yet; [cancel] cancels it.",
		},
		{
			"asked to wait",
			history.Entry{State: history.Waiting},
			&runner.Live{Waiting: runner.ProviderAsked, Until: until, Sent: true},
			"Replicate asks to wait: checked again in 5 s.",
		},
		{
			"out of reach",
			history.Entry{State: history.Waiting},
			&runner.Live{Waiting: runner.LastTryFailed, Until: until, Trouble: &api.Error{Code: api.CodeOther, Detail: "no way"}},
			"No way. Tries again in 5 s.",
		},
		{
			"slow",
			history.Entry{State: history.Waiting},
			&runner.Live{Slow: true},
			"Much slower than usual, and still running; [cancel] cancels it.",
		},
		{
			"not saved yet",
			history.Entry{State: history.Saving},
			&runner.Live{Waiting: runner.LastTryFailed, Until: until, ExpiresAt: now.Add(59 * time.Minute)},
			"Paid, not saved yet. 59 min left; tries again in 5 s.",
		},
		{
			"not saved yet, and why",
			history.Entry{State: history.Saving},
			&runner.Live{Waiting: runner.LastTryFailed, Until: until, Trouble: &api.Error{Code: api.CodeOther, Detail: "no way"}},
			"Paid, not saved yet. Tries again in 5 s. No way.",
		},
	} {
		if got := uitest.Bracketed(newWriters()["full screen"].caption(c.entry, c.live)); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestStatus(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name      string
		row       runner.Row
		usual     time.Duration
		want      string
		isRunning bool
	}{
		{"done", runner.Row{Entry: history.Entry{State: history.Done}}, 0, "", false},
		{
			"followed elsewhere",
			runner.Row{Entry: history.Entry{State: history.Waiting}},
			0,
			"Running. Another tintype follows it, or the next start does.", false,
		},
		{"sending", newRow(history.Creating, runner.Live{Progress: -1}), 0, "sending · 3 s", true},
		{
			"starting", newRow(history.Waiting, runner.Live{Progress: -1, TypicalDuration: 8 * time.Second}), 0, "starting · 3 s, usually 8.0 s", true,
		},
		{"developing", newRow(history.Waiting, runner.Live{Progress: 0.625}), 5 * time.Second, "developing 62% · 3 s, about 2 s left", true},
		{"cancelling", newRow(history.Waiting, runner.Live{CancelRequested: true}), 0, "cancelling · 3 s", true},
		{"saving", newRow(history.Saving, runner.Live{}), 0, "saving the picture", true},
	} {
		got, isRunning := newWriters()["full screen"].Status(c.row, c.usual)
		if got != c.want || isRunning != c.isRunning {
			t.Errorf("%s: %q, running %t, want %q, %t", c.name, got, isRunning, c.want, c.isRunning)
		}
	}
}

// newRow returns a row of a job that was sent three seconds ago.
func newRow(state history.State, live runner.Live) runner.Row {
	live.Since = now.Add(-3 * time.Second)
	return runner.Row{Entry: history.Entry{State: state}, Live: &live}
}

// TestBill: what is said of the bill does not contradict the sentence beside it.
func TestBill(t *testing.T) {
	t.Parallel()
	cost := 0.003
	for _, c := range []struct {
		e    history.Entry
		want string
	}{
		{history.Entry{State: history.Done, Cost: &cost, Provider: "replicate"}, "~$0.003"},
		{history.Entry{State: history.Unconfirmed, Model: "black-forest-labs/flux-dev", Provider: "replicate"}, "about $0.025"},
		{history.Entry{State: history.Failed, Provider: "replicate"}, "not billed"},
		{history.Entry{State: history.Failed, ID: "id", Provider: "replicate"}, "price unknown"},
		{history.Entry{State: history.Stopped, Provider: "replicate"}, "not billed"},
		{history.Entry{State: history.Failed, Provider: api.Demo}, "free"},
	} {
		if got := Bill(c.e); got != c.want {
			t.Errorf("%s %q: %q, want %q", c.e.State, c.e.ID, got, c.want)
		}
	}
}
