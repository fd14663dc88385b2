package cli

import (
	"fmt"
	"strings"
	"time"

	"tintype/api"
	"tintype/api/model"
	"tintype/history"
	"tintype/ui/runner"
)

// sentence words what there is to tell about a job, as interaction.md §3 does; where the full screen names a key, it names
// a command.
func (t *teller) sentence(c runner.Change) string {
	if say, ok := ends[c.Notice.Kind]; ok {
		said := say(c)
		if by, ok := again[c.Notice.Kind]; ok {
			said += by + t.p.followingOne(c.Row.Entry)
		}
		return said
	}
	if say, ok := turns[c.Notice.Kind]; ok {
		return say(c, t.p.now())
	}
	if said := why(c.Row.Entry); said != "" {
		return said
	}
	return orElse(c.Notice.Detail, string(c.Row.State))
}

// ends are the sentences of what a job came to.
var ends = map[runner.NoticeKind]func(runner.Change) string{
	runner.Finished:         func(c runner.Change) string { return "done" + took(c) },
	runner.FailedAtProvider: failed,
	runner.Refused:          func(c runner.Change) string { return unbilled(refused(c), "Nothing is billed.") },
	runner.NotSent:          func(c runner.Change) string { return unbilled(refused(c), "It was not sent; nothing is billed.") },
	runner.NotRecorded:      refused,
	runner.Uncertain: func(c runner.Change) string {
		return "The line broke after this left. It may have been bought" + about(c) +
			". It is kept as unconfirmed; tintype never sends it again by itself."
	},
	runner.NotFound: func(c runner.Change) string {
		return "It is not in the list of " + c.Notice.Provider + ", so it was most likely not bought. It stays unconfirmed."
	},
	runner.StoppedUnsent: func(runner.Change) string { return "Stopped before it was sent; nothing is billed." },
	runner.Cancelled: func(c runner.Change) string {
		if c.Row.Provider == api.Demo {
			return "Cancelled" + after(c) + "."
		}
		return "Cancelled" + after(c) + ". " + c.Notice.Provider + " may bill the time it ran."
	},
	runner.Aborted: func(runner.Change) string { return "Aborted by the provider before it began." },
	runner.AlreadyFinished: func(runner.Change) string {
		return "It was finished first. The picture is paid for, so it is kept."
	},
	runner.CannotCancel: func(c runner.Change) string {
		return capital(c.Notice.Provider) + " cannot cancel. No longer followed; it may go on and be billed."
	},
	runner.TimedOut: func(runner.Change) string { return "No end was seen; no longer followed, may be billed." },
	runner.Expired: func(c runner.Change) string {
		return "The provider deleted this picture" + clock(" at ", c.Notice.At) + ", before it was saved here. " +
			"Prompt and seed are kept."
	},
	runner.BadPicture: func(c runner.Change) string {
		return "What came is no picture: " + sentence(detail(c))
	},
	runner.Empty: func(runner.Change) string { return "It succeeded without a picture." },
	runner.UnknownToProvider: func(c runner.Change) string {
		return capital(c.Notice.Provider) + " does not know this prediction any more."
	},
	runner.NeedsDecision: func(c runner.Change) string {
		return "It may have been bought" + about(c) + " and needs your decision: open tintype and press enter on it."
	},
	runner.Dismissed:      func(runner.Change) string { return "Marked as settled." },
	runner.OwnedElsewhere: func(runner.Change) string { return "Another tintype follows it." },
	runner.HandedOver: func(runner.Change) string {
		return "Another tintype follows it; the cancel was handed over to it."
	},
	runner.OtherProvider: func(c runner.Change) string { return "It was bought elsewhere: " + c.Notice.Detail },
	runner.AlreadyEnded:  func(c runner.Change) string { return "It had ended before: " + string(c.Row.State) + "." },
}

// again are the ends that a command can take back, with what it does.
var again = map[runner.NoticeKind]string{
	runner.CannotCancel: " Follow it again with: ",
	runner.TimedOut:     " Follow it again with: ",
	runner.BadPicture:   " Fetch it again with: ",
}

// turns are the sentences of what goes on.
var turns = map[runner.NoticeKind]func(runner.Change, time.Time) string{
	runner.Reconciled: func(c runner.Change, _ time.Time) string {
		return "Found at " + c.Notice.Provider + ": it was bought, and is followed."
	},
	runner.WaitsAsked: func(c runner.Change, now time.Time) string {
		return capital(c.Notice.Provider) + " asks to wait: sent in " + in(c.Notice.Until, now) + ". Nothing is billed yet."
	},
	runner.Resumed: func(runner.Change, time.Time) string { return "It goes on." },
	runner.CancelFailed: func(c runner.Change, _ time.Time) string {
		return "The cancel did not get through: " + sentence(detail(c)) + " It is followed as before."
	},
	runner.NotSavedYet: func(c runner.Change, now time.Time) string {
		left := ""
		if !c.Notice.At.IsZero() {
			left = in(c.Notice.At, now) + " left; "
		}
		reason := ""
		if live := c.Row.Live; live != nil && live.Trouble != nil {
			reason = " " + live.Trouble.Error()
		}
		return "Paid, not saved yet. " + left + "tries again in " + in(c.Notice.Until, now) + "." + reason
	},
	runner.JournalFailed: func(c runner.Change, _ time.Time) string {
		return "This could not be written down: " + sentence(detail(c))
	},
}

// failed is the sentence of a prediction that the provider began and did not finish.
func failed(c runner.Change) string {
	if e := c.Row.Error; e != nil && e.Code != "failed" && e.Sentence != "" {
		return e.Sentence
	}
	return "Failed at the provider: " + sentence(detail(c))
}

// refused is the sentence of a purchase that was not made.
func refused(c runner.Change) string {
	return sentence(orElse(why(c.Row.Entry), orElse(c.Notice.Detail, "it was refused")))
}

// unbilled adds to a sentence that nothing is billed, unless it says so itself.
func unbilled(said, more string) string {
	if strings.Contains(said, "othing is billed") {
		return said
	}
	return said + " " + more
}

// detail is the provider's or the system's own sentence.
func detail(c runner.Change) string {
	return orElse(c.Notice.Detail, orElse(why(c.Row.Entry), "no reason was given"))
}

// about is the price of a job, in brackets, where it is known.
func about(c runner.Change) string {
	usd, ok := estimate(c.Row.Entry)
	if !ok || usd == 0 {
		return ""
	}
	return fmt.Sprintf(" (about %s)", dollars(usd))
}

// estimate is what a prediction costs by the catalogue.
func estimate(e history.Entry) (usd float64, ok bool) {
	return model.Find(e.Model).Cost(e.Provider, e.Input)
}

func after(c runner.Change) string {
	if c.Notice.For < 100*time.Millisecond {
		return ""
	}
	return " after " + brief(c.Notice.For.Round(100*time.Millisecond))
}

// took is how long a finished one took, by the provider's measure where there is one.
func took(c runner.Change) string {
	run := c.Notice.For
	if seconds, ok := c.Row.Metrics["predict_time"]; ok {
		run = time.Duration(seconds * float64(time.Second))
	}
	if run <= 0 {
		return ""
	}
	return " in " + brief(run.Round(100*time.Millisecond)) + cost(c.Row.Entry)
}

func cost(e history.Entry) string {
	if e.Cost == nil || *e.Cost == 0 {
		return ""
	}
	return ", ~" + dollars(*e.Cost)
}

func clock(before string, t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return before + t.Local().Format("15:04")
}

func in(t, now time.Time) string { return brief(max(time.Second, t.Sub(now).Round(time.Second))) }

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}
