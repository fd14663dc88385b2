package bisect

import (
	"errors"
	"fmt"
	"maps"
	"strconv"

	"tintype/api/model"
	"tintype/history"
	"tintype/ui/format"
	"tintype/ui/inputdiff"
	"tintype/ui/params"
	"tintype/ui/picturekey"
	"tintype/ui/plan"
)

// A Bisect is a search between two predictions.
type Bisect struct {
	*Search
	Changes []inputdiff.Change // in the order of the indices
	Warning string             // a sentence: what the pictures may differ by beside the changes; "" for nothing
	diff    inputdiff.Diff
	rule    picturekey.Rule
	seed    *int64           // of the good one; nil where its model takes none, or it is not known
	reseed  inputdiff.Change // from the seed of the good one to that of the bad one
	parent  string           // key of the good one, which each picture is made from
}

// New begins to bisect two predictions. The file's format and quality and the seeds do not count: each picture is made with the good one's seed.
// rule says what makes another picture, as for plans. The error is a sentence.
func New(good, bad history.Entry, rule picturekey.Rule) (*Bisect, error) {
	if err := checkPair(good, bad); err != nil {
		return nil, err
	}
	diff := inputdiff.Between(inputdiff.OfEntry(good), inputdiff.OfEntry(bad)).Without(params.Format, params.Quality, params.Seed, params.Outputs)
	b := &Bisect{Changes: diff.Changes, diff: diff, rule: rule, seed: seedOf(good), parent: good.Key}
	if n := len(diff.Changes); n == 0 || b.key(nil) == b.key(upTo(n, nil)) {
		return nil, errors.New("These two differ in nothing but their seeds. Choose two with different words or settings.")
	}
	b.Warning, b.reseed = b.warning(good, bad)
	isBad := b.reseed.Name == "" // with all changes at this seed it is the bad one itself
	b.Search = newSearch(len(diff.Changes), isBad, func(changes []int) string { return string(b.key(changes)) })
	return b, nil
}

// checkPair returns an error if two predictions cannot be the good and the bad one.
func checkPair(good, bad history.Entry) error {
	switch {
	case good.Key != "" && good.Key == bad.Key:
		return errors.New("Both are the same prediction. Bisect takes two: first the good one, then the bad one.")
	case good.State == history.Failed:
		return errors.New("The good one failed. Bisect takes two: first one with a good picture, then the bad one.")
	}
	for i, e := range []history.Entry{good, bad} {
		name := []string{"good", "bad"}[i]
		switch {
		case e.State == history.Stopped:
			return fmt.Errorf("The %s one was cancelled, so nobody knows its picture. Choose another one.", name)
		case e.State != "" && !e.State.Ended():
			return fmt.Errorf("The %s one is not made yet. Bisect begins when its picture is here.", name)
		}
	}
	return nil
}

// takesSeed reports whether the model of a prediction takes a seed.
func takesSeed(e history.Entry) bool {
	m := model.Find(model.Reference(e.Model, e.Version))
	_, takes := m.Parameter(params.Seed)
	return takes || !m.Known
}

// seedOf returns the seed of a prediction; nil where its model takes none, or it is not known.
func seedOf(e history.Entry) *int64 {
	if !takesSeed(e) {
		return nil
	}
	if seed, ok := model.Int(e.Input[params.Seed]); ok {
		return &seed
	}
	return e.Seed
}

// warning says why the pictures of a search may differ by more than the changes. reseed is the change of the seed, if that may be the cause too.
func (b *Bisect) warning(good, bad history.Entry) (said string, reseed inputdiff.Change) {
	for _, e := range []history.Entry{good, bad} {
		if !takesSeed(e) {
			return model.Find(e.Model).Label() + " takes no seed, so its pictures differ by chance too. Judge only what is plain.", reseed
		}
	}
	other := seedOf(bad)
	switch {
	case b.seed == nil:
		return "The seed of the good one is not known, so each picture differs by chance too. Judge only what is plain.", reseed
	case other != nil && *other == *b.seed:
		return "", reseed
	}
	reseed = inputdiff.Change{Kind: inputdiff.Parameter, Name: params.Seed, Before: strconv.FormatInt(*b.seed, 10), After: "another one"}
	if other != nil {
		reseed.After = strconv.FormatInt(*other, 10)
	}
	return "The two have different seeds. If the changes do not make it bad, the seed does.", reseed
}

// Spec returns the plan of one picture with some of the changes: a single cell.
func (b *Bisect) Spec(changes []int) plan.Spec {
	in := b.diff.Apply(changes)
	m := model.Find(in.Model)
	prompt, _ := in.Values[params.Prompt].(string)
	values := maps.Clone(in.Values)
	delete(values, params.Prompt)
	delete(values, params.Seed)
	delete(values, params.Outputs) // one picture is enough
	if m.Known {
		values, _ = m.Coerce(values)
	}
	if b.seed != nil {
		values[params.Seed] = *b.seed
	}
	return plan.Spec{Prompt: prompt, AsWritten: true, Model: in.Model, Base: values, KeepModel: true, Parent: b.parent}
}

// key returns the picture key of some of the changes.
func (b *Bisect) key(changes []int) picturekey.Key {
	spec := b.Spec(changes)
	input := maps.Clone(spec.Base)
	input[params.Prompt] = spec.Prompt
	return b.rule.Of(spec.Model, "", input, b.diff.Apply(changes).Images)
}

// Plan makes the plan of the next picture; nil when the search has ended. That the plan would make another picture, since an input image is not what
// it was, is an error.
func (b *Bisect) Plan(make func(plan.Spec) (*plan.Plan, error)) (*plan.Plan, error) {
	next := b.Status().Next
	if next == nil {
		return nil, nil
	}
	p, err := make(b.Spec(next))
	if err != nil || p.Cells[0].State == plan.Invalid || p.Cells[0].Key == b.Key() {
		return p, err
	}
	return nil, errors.New("An input image is another one now than when these two were made, so the pictures between them cannot be made.")
}

// Resume tells a search the verdicts of another time, by the picture keys of what was judged. It goes on from where that one was, as far as the
// verdicts go.
func (b *Bisect) Resume(verdicts map[picturekey.Key]string) {
	for next := b.Status().Next; next != nil; next = b.Status().Next {
		v, known := verdicts[b.key(next)]
		if !known {
			return
		}
		b.Judge(Verdict(v))
	}
}

// Key returns the picture key of the next picture; "" when the search has ended.
func (b *Bisect) Key() picturekey.Key {
	if next := b.Status().Next; next != nil {
		return b.key(next)
	}
	return ""
}

// KeyOf returns the picture key of what was judged.
func (b *Bisect) KeyOf(s Step) picturekey.Key { return b.key(s.Changes) }

// Cause returns the changes that make the picture bad, once the search has ended.
func (b *Bisect) Cause() []inputdiff.Change {
	s := b.Status()
	if s.Next == nil && len(s.Cause) == 0 {
		return []inputdiff.Change{b.reseed}
	}
	var cause []inputdiff.Change
	for _, i := range s.Cause {
		cause = append(cause, b.Changes[i])
	}
	return cause
}

// Told says before anything is bought how many pictures a search takes, at a price as Agreement.Price says it, and when more are needed.
func (b *Bisect) Told(price string) (said, more string) {
	changes := format.Plural(len(b.Changes), "change")
	switch s := b.Status(); {
	case s.Next == nil && len(b.Changes) == 1:
		return "One change only. Nothing needs to be made.", ""
	case s.Next == nil:
		return fmt.Sprintf("Of %s, only this makes another picture. Nothing needs to be made.", changes), ""
	case len(b.Changes) > 1:
		more = "More are asked for if several changes are bad only together."
	}
	return fmt.Sprintf("%s: %s.", changes, price), more
}

// CauseSentence says what the causes are to the bad picture, once the search has ended.
func (b *Bisect) CauseSentence() string {
	switch s := b.Status(); {
	case len(s.Cause) == 0:
		return "With all changes it is good: the seed makes it bad."
	case !s.Sure:
		return "One of these makes it bad, or several together; pictures that cannot be told left them."
	case len(s.Cause) > 1:
		return "These make it bad together."
	}
	return "This makes it bad."
}
