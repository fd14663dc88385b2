package list

import (
	"slices"
	"strconv"
	"time"

	"tintype/api/model"
	"tintype/history"
	"tintype/ui/params"
	"tintype/ui/promptdiff"
	"tintype/ui/runner"
	"tintype/ui/text"
)

// row is what the list shows of a prediction, cleaned, at one moment.
type row struct {
	prompt     text.Safe // on one line, and no longer than a row can need
	fullPrompt string    // as sent, to tell whether two are the same
	model      text.Safe // its short name
	parameters []params.Value
	seed       *int64 // nil: not known yet
	seedChosen bool   // by the user

	state      history.State
	progress   float64       // 0 to 1; < 0 unknown
	elapsed    time.Duration // since it was sent
	waiting    bool          // before the next try
	waitLeft   time.Duration // until then
	age        time.Duration // since it was created
	canceling  bool          // its cancellation is on the way
	elsewhere  bool          // running, but this program does not follow it
	unfollowed bool          // stopped, but it may still run at the provider
	settled    bool          // stopped: a person gave up an unconfirmed one

	starred  bool
	marked   bool
	selected bool
	unseen   bool
	armed    bool // the next x cancels it
}

// newRow returns what a row shows at a moment, except what only the list knows.
func newRow(p runner.Row, now time.Time) row {
	_, chosen := p.Input[params.Seed]
	r := row{
		prompt: promptdiff.Clean(p.Prompt()), fullPrompt: p.Prompt(), model: text.CleanLine(model.Find(p.Model).Name()),
		parameters: params.Of(p.Input), seed: p.Seed, seedChosen: chosen,
		state: p.State, progress: -1, age: max(0, now.Sub(p.CreatedTime())), starred: IsStarred(p.Entry, 0), unfollowed: runner.IsUnfollowed(p.Entry),
		settled: runner.EndNotice(p.Entry) == runner.Dismissed,
	}
	live := p.Live
	if live == nil {
		r.elsewhere = !p.State.Ended() && p.State != history.Unconfirmed
		return r
	}
	r.progress = live.Progress
	r.elapsed = max(0, now.Sub(live.Since))
	r.waiting = live.Waiting != runner.NotWaiting
	r.waitLeft = max(0, live.Until.Sub(now))
	r.canceling = live.CancelRequested
	return r
}

// IsStarred reports whether an output, counted from 1, has a star, or for 0 whether the prediction or any of its outputs has one.
func IsStarred(e history.Entry, output int) bool {
	if output > 0 {
		return output <= len(e.Outputs) && e.Outputs[output-1].Star
	}
	return e.Star || slices.ContainsFunc(e.Outputs, func(o history.Output) bool { return o.Star })
}

// differences returns what a row with the prompt of the row below says instead of it. A random seed only counts where nothing else
// differs.
func differences(r, below *row) []text.Safe {
	var said []text.Safe
	otherModel := r.model != below.model
	if otherModel {
		said = append(said, r.model)
	}
	for _, p := range r.parameters {
		theirs, found := valueOf(below.parameters, p.Name)
		if theirs != p.Plain && (found || !otherModel) {
			said = append(said, p.Text)
		}
	}
	for _, p := range below.parameters {
		if _, found := valueOf(r.parameters, p.Name); !found && !otherModel {
			said = append(said, "default "+params.Short(params.PlainName(p.Name)))
		}
	}
	if r.seed != nil && (r.seedChosen || len(said) == 0) && (below.seed == nil || *below.seed != *r.seed) {
		said = append(said, text.Safe("seed "+strconv.FormatInt(*r.seed, 10)))
	}
	return said
}

func valueOf(values []params.Value, name string) (string, bool) {
	for _, p := range values {
		if p.Name == name {
			return p.Plain, true
		}
	}
	return "", false
}
