package wording

import (
	"strings"
	"testing"
	"time"

	"tintype/api"
	"tintype/history"
	"tintype/ui/runner"
)

// TestProviderWords: what a provider said is in the caption of each end, cleaned, and nothing is said that did not happen.
func TestProviderWords(t *testing.T) {
	t.Parallel()
	maybe := func(status int) []history.Attempt {
		return []history.Attempt{{Sent: "maybe", Status: status, Error: "server"}}
	}
	said := func(code, sentence, detail string) *history.EntryError {
		return &history.EntryError{Code: code, Sentence: sentence, Detail: detail}
	}
	for _, c := range []struct {
		name  string
		entry history.Entry
		want  string // the beginning
		never string
	}{
		{
			"an answer without an id",
			history.Entry{State: history.Unconfirmed, Provider: "replicate", Attempts: maybe(500), Error: said("no_answer", "x", "the pool is\x1b[2J empty.")},
			"Replicate answered 500: the pool is␛[2J empty. It may have been bought", "line broke",
		},
		{
			"a page",
			history.Entry{State: history.Unconfirmed, Provider: "cometapi", Attempts: maybe(502), Error: said("no_answer", "x", "502 Bad Gateway")},
			"CometAPI answered 502: Bad Gateway. It may have been bought", "502: 502",
		},
		{
			"nothing in it",
			history.Entry{State: history.Unconfirmed, Provider: "replicate", Attempts: maybe(204)},
			"Replicate answered 204. It may have been bought", "line broke",
		},
		{
			"no answer",
			history.Entry{State: history.Unconfirmed, Provider: "replicate", Attempts: maybe(0), Error: said("no_answer", "x", "reset")},
			"The connection broke after the request was sent. It may have been bought", "answered",
		},
		{
			"the program ended",
			history.Entry{State: history.Unconfirmed, Provider: "replicate", Attempts: []history.Attempt{{Sent: "no"}, {Sent: "maybe"}}},
			"The program ended before an answer came. It may have been bought", "line broke",
		},
		{
			"failed without an id",
			history.Entry{State: history.Failed, Error: said("failed", "Failed at Replicate.", "no GPU")},
			"Failed at the provider: no GPU.", "othing is billed",
		},
		{
			"empty",
			history.Entry{State: history.Lost, Error: said("empty", "It succeeded, but without a picture.", "NSFW detected.")},
			"It succeeded, but without a picture: NSFW detected.", "deleted",
		},
		{
			"partial",
			history.Entry{State: history.Done, Error: said("partial", "3 of 4: one was held back by the filter.", "NSFW")},
			"3 of 4: one was held back by the filter.", "",
		},
		{
			"cancelled by a deadline",
			history.Entry{State: history.Stopped, ID: "id", CancelReason: "canceled", Provider: "replicate", Error: said("canceled", "", "deadline exceeded.")},
			"Cancelled: deadline exceeded. Replicate may bill", "",
		},
		{
			"aborted",
			history.Entry{State: history.Stopped, ID: "id", CancelReason: "aborted", Provider: "replicate", Error: said("aborted", "", "no room")},
			"Cancelled before it started: no room. Nothing is billed.", "",
		},
		{
			"aborted later",
			history.Entry{State: history.Stopped, ID: "id", CancelReason: "aborted", Provider: "replicate", StartedAt: time.Unix(1e9, 0)},
			"Cancelled after it started. Replicate may bill the time it ran.", "othing is billed",
		},
	} {
		for face, w := range newWriters() {
			got, _ := w.Status(runner.Row{Entry: c.entry}, 0)
			got = Plain(got)
			if !strings.HasPrefix(got, c.want) || c.never != "" && strings.Contains(got, c.never) {
				t.Errorf("%s, %s: %q", face, c.name, got)
			}
		}
	}
}

// TestUnknownStatusIsShown: a word that is not known is shown as the provider's, and a known one is not.
func TestUnknownStatusIsShown(t *testing.T) {
	t.Parallel()
	for status, want := range map[string]string{"In\x1bReview": "the provider says In␛Review · ", "processing": "starting · ", "": "starting · "} {
		row := runner.Row{Entry: history.Entry{State: history.Waiting, Status: status, ID: "abc"}, Live: &runner.Live{Progress: -1, Sent: true}}
		if got, running := newWriters()["full screen"].Status(row, 0); !running || !strings.HasPrefix(got, want) {
			t.Errorf("%q: %q", status, got)
		}
	}
	if runner.UnknownStatus(history.Entry{Status: string(api.Succeeded)}) != "" {
		t.Error("a known word counts as unknown")
	}
}
