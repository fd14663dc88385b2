package bisect

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"tintype/api/model"
	"tintype/history"
	"tintype/ui/inputdiff"
	"tintype/ui/params"
	"tintype/ui/picturekey"
	"tintype/ui/plan"
)

// A Bisect is a search between two predictions.
type Bisect struct {
	*Search
	Changes []inputdiff.Change // in the order of the indices
	diff    inputdiff.Diff
	rule    picturekey.Rule
	seed    *int64 // of the good one; nil where its model takes none, or it is not known
	keys    struct{ good, bad picturekey.Key }
}

// errSame is the sentence for two predictions without a difference.
var errSame = errors.New("These two differ in nothing but their seeds. Choose two with different words or settings.")

// New begins to bisect two predictions. The file's format and quality and the seeds do not count: each picture is made with the good one's seed.
// rule says what
// makes another picture, as for plans. The error is a sentence.
func New(good, bad history.Entry, rule picturekey.Rule) (*Bisect, error) {
	diff := inputdiff.Between(inputdiff.OfEntry(good), inputdiff.OfEntry(bad)).Without(params.Format, params.Quality, params.Seed, params.Outputs)
	if len(diff.Changes) == 0 {
		return nil, errSame
	}
	b := &Bisect{Search: NewSearch(len(diff.Changes)), Changes: diff.Changes, diff: diff, rule: rule, seed: seedOf(good)}
	all := make([]int, len(diff.Changes))
	for i := range all {
		all[i] = i
	}
	b.keys.good, b.keys.bad = b.key(nil), b.key(all)
	b.judgeKnown()
	return b, nil
}

// seedOf returns the seed of a prediction; nil where its model takes none, or it is not known.
func seedOf(e history.Entry) *int64 {
	m := model.Find(model.Reference(e.Model, e.Version))
	if _, takes := m.Parameter(params.Seed); m.Known && !takes {
		return nil
	}
	if seed, ok := model.Int(e.Input[params.Seed]); ok {
		return &seed
	}
	return e.Seed
}

// Warning says why the pictures of a search may differ by chance; "" if they do not.
func (b *Bisect) Warning() string {
	if b.seed != nil {
		return ""
	}
	return "There is no seed here that could be kept, so each picture differs by chance too. Judge only what is plain."
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
	return plan.Spec{Prompt: prompt, AsWritten: true, Model: in.Model, Base: values, KeepModel: true}
}

// key returns the picture key of some of the changes.
func (b *Bisect) key(changes []int) picturekey.Key {
	spec := b.Spec(changes)
	input := maps.Clone(spec.Base)
	input[params.Prompt] = spec.Prompt
	return b.rule.Of(spec.Model, "", input, b.diff.Apply(changes).Images)
}

// Judge tells the verdict of the next picture. Pictures that would be the good or the bad one again, because a parameter has no effect beside the
// others, are judged by themselves.
func (b *Bisect) Judge(v Verdict) {
	b.Search.Judge(v)
	b.judgeKnown()
}

// judgeKnown judges the next pictures that are known.
func (b *Bisect) judgeKnown() {
	for next := b.Status().Next; next != nil; next = b.Status().Next {
		v, known := b.known(next)
		if !known {
			return
		}
		b.Search.Judge(v)
	}
}

// known returns the verdict of a picture that is the good or the bad one.
func (b *Bisect) known(changes []int) (Verdict, bool) {
	switch b.key(changes) {
	case b.keys.good:
		return Good, true
	case b.keys.bad:
		return Bad, true
	}
	return "", false
}

// Undo undoes the last verdict that was told. It reports false if there is none.
func (b *Bisect) Undo() bool {
	steps := b.Search.Steps()
	for i := len(steps) - 1; i >= 0; i-- {
		b.Search.Undo()
		if _, known := b.known(steps[i].Changes); !known {
			return true
		}
	}
	b.judgeKnown()
	return false
}

// Steps returns what was told, in order.
func (b *Bisect) Steps() []Step {
	return slices.DeleteFunc(b.Search.Steps(), func(s Step) bool {
		_, known := b.known(s.Changes)
		return known
	})
}

// Resume tells a search the verdicts of another time, by the picture keys of what was judged. It goes on from where that one was, as far as the
// verdicts go.
func (b *Bisect) Resume(verdicts map[picturekey.Key]Verdict) {
	for next := b.Status().Next; next != nil; next = b.Status().Next {
		v, known := verdicts[b.key(next)]
		if !known {
			return
		}
		b.Judge(v)
	}
}

// Key returns the picture key of the next picture; "" when the search has ended.
func (b *Bisect) Key() picturekey.Key {
	if next := b.Status().Next; next != nil {
		return b.key(next)
	}
	return ""
}

// Cause returns the changes that make the picture bad, once the search has ended.
func (b *Bisect) Cause() []inputdiff.Change {
	var cause []inputdiff.Change
	for _, i := range b.Status().Cause {
		cause = append(cause, b.Changes[i])
	}
	return cause
}

// Told says before anything is bought how many pictures a search takes.
func (b *Bisect) Told() string {
	n := len(b.Changes)
	switch most := b.Status().AtMost; {
	case n == 1 || b.Status().Next == nil:
		return fmt.Sprintf("One change only: %s. Nothing needs to be made.", b.Changes[0].Text())
	case most == 1:
		return fmt.Sprintf("%d changes, at most 1 picture", n)
	default:
		return fmt.Sprintf("%d changes, at most %d pictures; more if several changes are bad only together", n, most)
	}
}

// CauseSentence says what the causes are to the bad picture, once the search has ended.
func (b *Bisect) CauseSentence() string {
	switch s := b.Status(); {
	case !s.Sure:
		return "One of these makes it bad, or several together; pictures that cannot be told left them."
	case len(s.Cause) > 1:
		return "These make it bad together."
	}
	return "This makes it bad."
}
