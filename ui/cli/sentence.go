package cli

import (
	"cmp"
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"tintype/api"
	"tintype/api/model"
	"tintype/history"
	"tintype/ui/runner"
)

// noticeText is the sentence for a notice about a job. The full screen has the same sentences; where it names a key, this
// names a command.
func (t *progress) noticeText(c runner.Change) string {
	if text, ok := endTexts[c.Notice.Kind]; ok {
		sentence := text(c)
		if by, ok := retryHints[c.Notice.Kind]; ok {
			sentence += by + t.p.followHintFor(c.Row.Entry)
		}
		return sentence
	}
	if text, ok := progressTexts[c.Notice.Kind]; ok {
		return text(c, t.p.now())
	}
	if sentence := errorText(c.Row.Entry); sentence != "" {
		return sentence
	}
	return cmp.Or(c.Notice.Detail, string(c.Row.State))
}

// endTexts are the sentences for how a job ended.
var endTexts = map[runner.NoticeKind]func(runner.Change) string{
	runner.Finished:         func(c runner.Change) string { return "done" + tookText(c) },
	runner.FailedAtProvider: failedText,
	runner.Refused:          func(c runner.Change) string { return addUnbilled(refusedText(c), "Nothing is billed.") },
	runner.NotSent: func(c runner.Change) string {
		return addUnbilled(refusedText(c), "It was not sent; nothing is billed.")
	},
	runner.NotRecorded: refusedText,
	runner.Uncertain: func(c runner.Change) string {
		return "The line broke after this left. It may have been bought" + priceInBrackets(c) +
			". It is kept as unconfirmed; tintype never sends it again by itself."
	},
	runner.NotFound: func(c runner.Change) string {
		return "It is not in the list of " + c.Notice.Provider + ", so it was most likely not bought. It stays unconfirmed."
	},
	runner.StoppedUnsent: func(runner.Change) string { return "Stopped before it was sent; nothing is billed." },
	runner.Cancelled: func(c runner.Change) string {
		if c.Row.Provider == api.Demo {
			return "Cancelled" + afterText(c) + "."
		}
		return "Cancelled" + afterText(c) + ". " + c.Notice.Provider + " may bill the time it ran."
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
		return "The provider deleted this picture" + clockText(" at ", c.Notice.At) + ", before it was saved here. " +
			"Prompt and seed are kept."
	},
	runner.BadPicture: func(c runner.Change) string {
		return "What came is no picture: " + sentence(detailOf(c))
	},
	runner.Empty: func(runner.Change) string { return "It succeeded without a picture." },
	runner.UnknownToProvider: func(c runner.Change) string {
		return capital(c.Notice.Provider) + " does not know this prediction any more."
	},
	runner.NeedsDecision: func(c runner.Change) string {
		return "It may have been bought" + priceInBrackets(c) + " and needs your decision: open tintype and press enter on it."
	},
	runner.Dismissed:      func(runner.Change) string { return "Marked as settled." },
	runner.OwnedElsewhere: func(runner.Change) string { return "Another tintype follows it." },
	runner.HandedOver: func(runner.Change) string {
		return "Another tintype follows it; the cancel was handed over to it."
	},
	runner.OtherProvider: func(c runner.Change) string { return "It was bought elsewhere: " + c.Notice.Detail },
	runner.AlreadyEnded:  func(c runner.Change) string { return "It had ended before: " + string(c.Row.State) + "." },
}

// retryHints introduce the command that tries again, for the ends that can be tried again.
var retryHints = map[runner.NoticeKind]string{
	runner.CannotCancel: " Follow it again with: ",
	runner.TimedOut:     " Follow it again with: ",
	runner.BadPicture:   " Fetch it again with: ",
}

// progressTexts are the sentences for what happens while a job is active.
var progressTexts = map[runner.NoticeKind]func(runner.Change, time.Time) string{
	runner.Reconciled: func(c runner.Change, _ time.Time) string {
		return "Found at " + c.Notice.Provider + ": it was bought, and is followed."
	},
	runner.WaitsAsked: func(c runner.Change, now time.Time) string {
		return capital(c.Notice.Provider) + " asks to wait: sent in " + untilText(c.Notice.Until, now) + ". Nothing is billed yet."
	},
	runner.Resumed: func(runner.Change, time.Time) string { return "It goes on." },
	runner.CancelFailed: func(c runner.Change, _ time.Time) string {
		return "The cancel did not get through: " + sentence(detailOf(c)) + " It is followed as before."
	},
	runner.NotSavedYet: func(c runner.Change, now time.Time) string {
		left := ""
		if !c.Notice.At.IsZero() {
			left = untilText(c.Notice.At, now) + " left; "
		}
		reason := ""
		if live := c.Row.Live; live != nil && live.Trouble != nil {
			reason = " " + live.Trouble.Error()
		}
		return "Paid, not saved yet. " + left + "tries again in " + untilText(c.Notice.Until, now) + "." + reason
	},
	runner.JournalFailed: func(c runner.Change, _ time.Time) string {
		return "This could not be written down: " + sentence(detailOf(c))
	},
}

// failedText is the sentence for a prediction that the provider started and did not finish.
func failedText(c runner.Change) string {
	if e := c.Row.Error; e != nil && e.Code != "failed" && e.Sentence != "" {
		return e.Sentence
	}
	return "Failed at the provider: " + sentence(detailOf(c))
}

// refusedText is the sentence for a purchase that was not made.
func refusedText(c runner.Change) string {
	return sentence(cmp.Or(errorText(c.Row.Entry), c.Notice.Detail, "it was refused"))
}

// addUnbilled appends more to a sentence that does not say yet that nothing is billed.
func addUnbilled(sentence, more string) string {
	if strings.Contains(sentence, "othing is billed") {
		return sentence
	}
	return sentence + " " + more
}

// detailOf is the sentence of the provider or the system.
func detailOf(c runner.Change) string {
	return cmp.Or(c.Notice.Detail, errorText(c.Row.Entry), "no reason was given")
}

// priceInBrackets is the estimated cost of a job in brackets, "" where it is unknown or nothing.
func priceInBrackets(c runner.Change) string {
	usd, ok := estimatedCost(c.Row.Entry)
	if !ok || usd == 0 {
		return ""
	}
	return fmt.Sprintf(" (about %s)", dollars(usd))
}

// estimatedCost is what a prediction costs in US dollars by the catalogue.
func estimatedCost(e history.Entry) (usd float64, ok bool) {
	return model.Find(e.Model).Cost(e.Provider, e.Input)
}

func afterText(c runner.Change) string {
	if c.Notice.For < 100*time.Millisecond {
		return ""
	}
	return " after " + brief(c.Notice.For.Round(100*time.Millisecond))
}

// tookText is how long a finished job took: the provider's own measure where there is one.
func tookText(c runner.Change) string {
	run := c.Notice.For
	if seconds, ok := c.Row.Metrics["predict_time"]; ok {
		run = time.Duration(seconds * float64(time.Second))
	}
	if run <= 0 {
		return ""
	}
	return " in " + brief(run.Round(100*time.Millisecond)) + costSuffix(c.Row.Entry)
}

func costSuffix(e history.Entry) string {
	if e.Cost == nil || *e.Cost == 0 {
		return ""
	}
	return ", ~" + dollars(*e.Cost)
}

func clockText(before string, t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return before + t.Local().Format("15:04")
}

func untilText(t, now time.Time) string {
	return brief(max(time.Second, t.Sub(now).Round(time.Second)))
}

// sentence turns the text of an error, which by Go's convention begins in lower case and has no full stop, into a sentence.
func sentence(s string) string {
	lines := strings.Split(strings.TrimSpace(s), "\n")
	for i, line := range lines {
		if !startsWithName(line) {
			line = capital(line)
		}
		if line != "" && !strings.ContainsAny(line[len(line)-1:], ".?!:") {
			line += "."
		}
		lines[i] = line
	}
	return strings.Join(lines, "\n")
}

// capital returns s with its first letter in upper case.
func capital(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return s
	}
	return string(unicode.ToUpper(first)) + s[size:]
}

// startsWithName reports whether a line begins with the name of a parameter or a setting, which must keep its spelling.
func startsWithName(line string) bool {
	word, _, _ := strings.Cut(line, " ")
	return strings.ContainsAny(word, "_-/.0123456789")
}
