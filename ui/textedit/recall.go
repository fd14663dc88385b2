package textedit

import "slices"

// Recall walks through the earlier prompts as a shell does. The draft is the last of them: what stood in the prompt when
// the walk began comes back at its end.
type Recall struct {
	Prompts []string // newest first
	at      int      // how far back the walk has come: prompts[at-1] is shown; 0 is the draft
	draft   string
	Far     bool // it has come near the oldest prompt that was read at the start
}

// Set gives it the prompts, newest first, each once. A walk under way goes on from the text it shows.
func (r *Recall) Set(prompts []string) {
	if r.at > 0 {
		shown := r.Prompts[r.at-1]
		r.at = slices.Index(prompts, shown) + 1
	}
	r.Prompts = prompts
}

// Earlier gives the prompt before the one shown; false at the oldest. A walk begins with the text that stands in the
// prompt, which is not offered again where it is the newest prompt itself.
func (r *Recall) Earlier(now string) (string, bool) {
	next := r.at + 1
	if r.at == 0 {
		r.draft = now
	}
	for next <= len(r.Prompts) && r.Prompts[next-1] == now {
		next++
	}
	if next > len(r.Prompts) {
		return "", false
	}
	r.at = next
	return r.Prompts[next-1], true
}

// RunsOut tells, the first time, that the walk nears the oldest prompt.
func (r *Recall) RunsOut() bool {
	const near = 20
	if r.Far || r.at == 0 || r.at+near < len(r.Prompts) {
		return false
	}
	r.Far = true
	return true
}

// Later gives the prompt after the one shown, the draft last; false when the draft is shown already.
func (r *Recall) Later() (string, bool) {
	for r.at > 0 {
		r.at--
		switch {
		case r.at == 0:
			return r.draft, true
		case r.Prompts[r.at-1] != r.draft:
			return r.Prompts[r.at-1], true
		}
	}
	return "", false
}

// Leave ends the walk: what stands in the prompt is the draft from now on. It is for when the text changes by hand, or
// is sent.
func (r *Recall) Leave() { r.at, r.draft = 0, "" }
