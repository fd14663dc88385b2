package wording

import (
	"cmp"
	"strings"
	"time"

	"tintype/api"
	"tintype/api/model"
	"tintype/history"
	"tintype/ui/format"
	"tintype/ui/runner"
)

// Writer writes sentences at a moment, for one of the two faces.
type Writer struct {
	Provider string    // the title of the provider that the program talks to
	Now      time.Time // its time zone is that of the times in sentences

	WriteError error // why the history cannot be written; nil if it can

	// FollowCommand returns the command line that follows a job again. It is nil in the full screen, which names keys instead.
	FollowCommand func(history.Entry) string
}

// isCommandLine reports whether the sentences are for the command line.
func (w Writer) isCommandLine() bool { return w.FollowCommand != nil }

// providerTitle returns the name of an entry's provider for people.
func (w Writer) providerTitle(e history.Entry) string {
	if p, ok := api.FindProvider(e.Provider); ok {
		return p.Title
	}
	return w.Provider
}

// noticeProvider returns the name of the provider that a notice is about.
func (w Writer) noticeProvider(c runner.Change) string {
	return cmp.Or(format.Clean(c.Notice.Provider), w.Provider)
}

// isFree reports whether the provider of an entry bills nothing.
func isFree(e history.Entry) bool {
	p, ok := api.FindProvider(e.Provider)
	return ok && p.Free
}

// Cost returns what an entry did cost: "~$0.003", "guess $0.0024", "free", "price unknown".
func Cost(e history.Entry) string {
	if e.Cost != nil && *e.Cost > 0 && e.Price != nil && e.Price.Guess {
		return format.Guess(*e.Cost)
	}
	return format.Cost(e.Cost, false, isFree(e))
}

// Bill returns what an entry is billed as far as it is known: its cost, the price of an unconfirmed one, or "not billed".
func Bill(e history.Entry) string {
	switch {
	case isFree(e) || e.Cost != nil:
	case e.State == history.Unconfirmed:
		return Price(e)
	case e.ID == "" && (e.State == history.Failed || endNotice(e) == runner.StoppedUnsent):
		return "not billed"
	}
	return Cost(e)
}

// Price returns what an entry will cost or may have cost, for a sentence: "about $0.003", "guess $0.0024", "price unknown", "free".
func Price(e history.Entry) string {
	var usd float64
	known := e.Cost != nil
	if known {
		usd = *e.Cost
	} else {
		usd, known = model.Find(e.Model).Cost(e.Provider, e.Input, nil)
	}
	if known && e.Price != nil && e.Price.Guess {
		return format.Guess(usd)
	}
	return format.Price(usd, known, isFree(e))
}

// withoutStop cleans a sentence and removes its full stop, so that it can go on.
func withoutStop(s string) string { return strings.TrimRight(format.Clean(s), ". ") }

// withCause adds the cause to the first of several sentences, if it does not have it already: "It failed: out of memory. Nothing is billed."
func (w Writer) withCause(s, cause string) string {
	if cause = withoutStop(cause); cause == "" || strings.Contains(s, cause) {
		return w.withDetail(s, cause)
	}
	first, rest, more := strings.Cut(s, ". ")
	first = strings.TrimSuffix(first, ".") + ": " + w.detail(cause) + "."
	if more {
		return first + " " + rest
	}
	return first
}
