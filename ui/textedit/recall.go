package textedit

import "slices"

// Recall goes through the earlier prompts as a shell does. The draft counts as the newest: the text that was in the prompt
// when the recall began returns at its end. The zero Recall has no prompts.
type Recall struct {
	prompts   []string // newest first
	at        int      // how far back: prompts[at-1] is shown; 0 is the draft
	draft     string
	literal   bool // the draft is no template
	needsMore bool // the recall has come near the oldest prompt
}

// SetPrompts sets the prompts, newest first, each once. A recall that has begun goes on from the text that it shows.
func (r *Recall) SetPrompts(prompts []string) {
	if r.at > 0 {
		shown := r.prompts[r.at-1]
		r.at = slices.Index(prompts, shown) + 1
	}
	r.prompts = prompts
}

// AddPrompt makes a prompt the newest one.
func (r *Recall) AddPrompt(prompt string) {
	others := slices.DeleteFunc(slices.Clone(r.prompts), func(p string) bool { return p == prompt })
	r.SetPrompts(append([]string{prompt}, others...))
}

// Earlier returns the prompt before the one shown; ok is false at the oldest. now is the text in the prompt, which is
// skipped where it is an earlier prompt too. literal says that it is no template.
func (r *Recall) Earlier(now string, literal bool) (string, bool) {
	next := r.at + 1
	if r.at == 0 {
		r.draft, r.literal = now, literal
	}
	for next <= len(r.prompts) && r.prompts[next-1] == now {
		next++
	}
	if next > len(r.prompts) {
		return "", false
	}
	r.at = next
	return r.prompts[next-1], true
}

// StartsToRunOut reports once that the recall comes near the oldest prompt. From then on NeedsMore is true.
func (r *Recall) StartsToRunOut() bool {
	const near = 20
	if r.needsMore || r.at == 0 || r.at+near < len(r.prompts) {
		return false
	}
	r.needsMore = true
	return true
}

// NeedsMore reports whether the recall has come near the oldest prompt: more prompts should be read.
func (r *Recall) NeedsMore() bool { return r.needsMore }

// Later returns the prompt after the one shown, and the draft last; ok is false when the draft is shown already.
func (r *Recall) Later() (string, bool) {
	for r.at > 0 {
		r.at--
		switch {
		case r.at == 0:
			return r.draft, true
		case r.prompts[r.at-1] != r.draft:
			return r.prompts[r.at-1], true
		}
	}
	return "", false
}

// IsLiteral reports whether the text that is shown is no template: the draft may be none, and earlier prompts are.
func (r *Recall) IsLiteral() bool { return r.at == 0 && r.literal }

// Leave ends the recall, because the user has edited or sent the text: it is the draft from now on.
func (r *Recall) Leave() { r.at, r.draft = 0, "" }
