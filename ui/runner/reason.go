package runner

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"tintype/api"
	"tintype/api/job"
	"tintype/history"
)

// reasons is the one table of why a job can have ended: what to tell the person, and what the journal keeps. A sentence names
// no keys, because both faces show it; "{provider}" stands for the provider's title.
var reasons = map[job.Reason]struct {
	notice   NoticeKind
	sentence string // for EntryError.Sentence; "" for a stopped job, and where the sentence is that of the API's error
	unbilled bool   // it is certain that nothing is billed
}{
	job.NeverSent: {notice: StoppedUnsent, unbilled: true},
	job.Dismissed: {notice: Dismissed},
	job.Canceled:  {notice: Cancelled},
	job.Aborted:   {notice: Aborted}, // unbilled if it had not started: see isUnbilled
	job.Abandoned: {notice: CannotCancel},
	job.TimedOut:  {notice: TimedOut},
	job.NotJournaled: {
		notice: NotRecorded, unbilled: true,
		sentence: "Not sent: tintype buys nothing that it cannot write down. Free some room, then try again.",
	},
	job.Unreachable:      {notice: NotSent, unbilled: true},
	job.Refused:          {notice: Refused, unbilled: true},
	job.FailedAtProvider: {notice: FailedAtProvider, sentence: "Failed at {provider}."},
	job.NoAnswer: {
		notice:   Uncertain,
		sentence: "The connection broke after the request was sent. It may have been accepted and billed; tintype never sends it again by itself.",
	},
	job.Expired: {
		notice:   Expired,
		sentence: "{provider} keeps pictures for an hour, and they could not be saved in that time. Prompt and seed are kept.",
	},
	job.BadPicture: {
		notice:   BadPicture,
		sentence: "{provider} returned something that is not a picture.",
	},
	job.Unfetchable:       {notice: BadPicture, sentence: "The picture cannot be fetched here."},
	job.Empty:             {notice: Empty, sentence: "It succeeded, but without a picture."},
	job.UnknownToProvider: {notice: UnknownToProvider, sentence: "{provider} does not know this prediction any more."},
}

// isUnbilled reports whether it is certain that nothing is billed.
func isUnbilled(j job.Job, e history.Entry) bool {
	return reasons[j.Reason].unbilled || j.Reason == job.Aborted && e.StartedAt.IsZero()
}

// entryError is what the journal keeps of a bad end: a code for programs, a sentence for a person, the provider's own words.
func entryError(event job.Event, after job.Job, p api.Provider) *history.EntryError {
	kept := &history.EntryError{Code: string(after.Reason), Sentence: reasonSentence(after.Reason, p)}
	saw, ok := prediction(event)
	if ok && (after.Reason == job.FailedAtProvider || after.Reason == job.Empty) {
		kept.Detail = providerReason(saw)
	}
	if ok && after.Reason == job.FailedAtProvider {
		if strings.Contains(saw.Error, "E005") {
			kept.Code = "flagged"
			kept.Sentence = "Flagged by the provider's filter (E005); may be billed. Another seed often passes."
		}
	}
	if after.Reason == job.NoAnswer && (after.Err == nil || after.Err.Code == api.CodeCanceled) { // after a restart, or at the end
		kept.Sentence = "The program ended before an answer came. It may have been accepted and billed; tintype never sends it again by itself."
	}
	if err := after.Err; err != nil {
		kept.Detail = err.Detail
		switch {
		case after.Reason == job.Refused || after.Reason == job.Unreachable:
			kept.Code, kept.Sentence = string(err.Code), err.Error()
		case after.Reason == job.Unfetchable: // the error's sentence has the detail
			kept.Sentence, kept.Detail = err.Error(), ""
		case after.Reason == job.NoAnswer && err.HTTPStatus != 0: // an answer came, but without an id
			kept.Sentence = err.Error() + " tintype never sends it again by itself."
		}
	}
	return kept
}

// reasonLine finds the line of a log that says why there is no picture.
var reasonLine = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)error|exception|nsfw|safety|moderat|flagged|refus|denied|out of memory|\bfail`)
})

// providerReason is why a prediction has no picture, in the provider's words: its error, the last line of its log that sounds
// like a reason, or an unknown word for its status.
func providerReason(p api.Prediction) string {
	return cmp.Or(p.Error, logReason(p.Logs), p.Word)
}

// logReason is the last line of a log that sounds like a reason; "" if none does.
func logReason(logs string) string {
	lines := strings.FieldsFunc(logs, func(r rune) bool { return r == '\n' || r == '\r' })
	for _, line := range slices.Backward(lines[max(0, len(lines)-100):]) {
		if line = strings.TrimSpace(line); reasonLine().MatchString(line) {
			return lastBytes(line, 300)
		}
	}
	return ""
}

// reasonSentence tells a person why a job ended.
func reasonSentence(reason job.Reason, p api.Provider) string {
	sentence := strings.ReplaceAll(reasons[reason].sentence, "{provider}", p.Title)
	first, n := utf8.DecodeRuneInString(sentence)
	if n == 0 {
		return ""
	}
	return strings.ToUpper(string(first)) + sentence[n:]
}

// entryReason is the job.Reason that an entry keeps, or the code in its place.
func entryReason(e history.Entry) job.Reason {
	switch {
	case e.CancelReason != "":
		return job.Reason(e.CancelReason)
	case e.Error != nil:
		return job.Reason(e.Error.Code)
	}
	return job.NoReason
}

// EndNotice returns the kind of notice that says why an entry is in its state; NoNotice where the entry does not say it by a reason of
// this table, such as one that is running, one that the API refused, or one of an older program.
func EndNotice(e history.Entry) NoticeKind {
	switch {
	case e.State == history.Stopped:
		return reasons[job.Reason(e.CancelReason)].notice
	case e.State == history.Done && e.Error != nil && e.Error.Code == CodePartial:
		return Partial
	case e.Error == nil || e.State != history.Failed && e.State != history.Lost:
		return NoNotice
	}
	// A code of the API's errors may be spelt like a reason; those that an entry keeps as an error have a sentence.
	if r := reasons[job.Reason(e.Error.Code)]; r.sentence != "" {
		return r.notice
	}
	return NoNotice
}

// UnknownStatus returns the provider's status of a prediction if it is an unknown word, otherwise "".
func UnknownStatus(e history.Entry) string {
	switch api.Status(e.Status) {
	case "", api.Starting, api.Processing, api.Succeeded, api.Failed, api.Canceled, api.Aborted:
		return ""
	}
	return e.Status
}

// IsUnfollowed reports whether a stopped job was only left: it may continue at the provider, and Follow takes it up again.
func IsUnfollowed(e history.Entry) bool {
	reason := entryReason(e)
	return e.State == history.Stopped && (reason == job.Abandoned || reason == job.TimedOut)
}

// entryState and jobState convert between the states of the machine and those of the journal: they are the same words.
func entryState(s job.State) history.State { return history.State(s) }

func jobState(s history.State) job.State { return job.State(s) }
