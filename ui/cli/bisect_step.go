package cli

import (
	"context"
	"fmt"
	"strings"

	"tintype/history"
	"tintype/ui/bisect"
	"tintype/ui/format"
	"tintype/ui/lab"
	"tintype/ui/plan"
)

// takeVerdict takes the verdict of the command line, or undoes the last one.
func (r *bisectRun) takeVerdict() error {
	switch {
	case r.flags.undo:
		if !r.verdicts.Undo(r.search) {
			return usageError("there is no verdict to undo")
		}
		return r.lab.SaveVerdicts(r.verdicts)
	case r.flags.verdict == "":
		return nil
	case r.search.Status().Next == nil:
		return usageError("this bisect has ended: there is no picture to judge. --undo undoes the last verdict")
	}
	made, err := r.plan(context.Background())
	if err != nil {
		return err
	}
	key := made.Cells[0].NewestKey()
	if key == "" && r.flags.verdict != string(bisect.Skip) {
		return usageError("the next picture is not made yet, so it cannot be judged")
	}
	return r.judge(key, bisect.Verdict(r.flags.verdict))
}

// judge tells the search a verdict, and keeps it.
func (r *bisectRun) judge(key string, v bisect.Verdict) error {
	r.verdicts.Judge(r.search, key, v)
	return r.lab.SaveVerdicts(r.verdicts)
}

// plan makes the plan of the next picture.
func (r *bisectRun) plan(ctx context.Context) (*plan.Plan, error) {
	made, err := r.lab.Make(ctx, r.search.Spec(r.search.Status().Next))
	if err != nil {
		return nil, usageError("%w", err)
	}
	return made, nil
}

// make makes the next picture, unless it is here, and returns its key; "" if it was not made.
func (r *bisectRun) make(ctx context.Context) (key string, code int, err error) {
	made, err := r.plan(ctx)
	if err != nil {
		return "", 0, err
	}
	if c := &made.Cells[0]; c.State == plan.Had {
		return c.NewestKey(), exitOK, nil
	}
	r.tell()
	if ok, err := r.mayBuy(made); err != nil || !ok {
		return "", exitUsage, err
	}
	run := &planRun{
		p: r.p, s: r.s, lab: r.lab, plan: made, terms: lab.Terms{Budget: r.left, AcceptUnknown: r.flags.yes}, flags: planFlags{yes: true},
		asTable: true, report: func(*planRun) error { return nil },
	}
	code, err = run.run(ctx)
	if err != nil {
		return "", 0, err
	}
	key = made.Cells[0].NewestKey()
	if _, found, err := r.s.history.Entry(key); err != nil || !found {
		return "", code, err // the budget does not allow it
	}
	if e := made.Cells[0].Estimate; e != nil && r.limited {
		r.left = max(r.left-e.USD, 1e-9) // 0 would be no budget
	}
	return key, code, nil
}

// mayBuy reports whether the pictures that are still needed may be bought: it is asked once.
func (r *bisectRun) mayBuy(next *plan.Plan) (bool, error) {
	if r.agreed {
		return true, nil
	}
	most := r.search.Status().AtMost
	price := "at an unknown price"
	switch e := next.Cells[0].Estimate; {
	case r.s.provider.Free:
		price = "for free"
	case e != nil:
		price = "about " + format.Dollars(e.USD*float64(most))
	}
	agreed, asked := askToBuy(r.p, fmt.Sprintf("Make up to %s, %s? y makes them", format.Plural(most, "picture"), price))
	if !asked {
		return false, usageError("this makes up to %s, %s: add --yes, or --budget with the most that it may cost", format.Plural(most, "picture"), price)
	}
	r.agreed = agreed
	return agreed, nil
}

// ask asks a person how the picture is. Where nobody can be asked, it says how to tell.
func (r *bisectRun) ask(ctx context.Context, e history.Entry) (code int, again bool, err error) {
	if r.p.json {
		return exitOK, false, r.print(e.Key)
	}
	if isTerminal(r.p.out) {
		r.p.showPictures(ctx, r.s, e)
	}
	for {
		answer, asked := askAtTerminal(r.p, r.progress()+" g good, b bad, s cannot tell, u undo, anything else stops here:")
		switch {
		case !asked:
			return exitOK, false, r.print(e.Key)
		case answer == "g" || answer == "b" || answer == "s":
			return exitOK, true, r.judge(e.Key, bisect.Verdict(answer))
		case answer == "u" && r.verdicts.Undo(r.search):
			return exitOK, true, r.lab.SaveVerdicts(r.verdicts)
		case answer == "u":
			r.p.printProgress("There is no verdict to undo.")
		default:
			return exitOK, false, r.print(e.Key)
		}
	}
}

// progress says how far the search is.
func (r *bisectRun) progress() string {
	s := r.search.Status()
	return fmt.Sprintf("%s, at most %s left.", format.Plural(s.Between, "change"), format.Plural(s.AtMost, "picture"))
}

// bisectJSON is a bisect as --json prints it.
type bisectJSON struct {
	Good  string        `json:"good"`
	Bad   string        `json:"bad"`
	Steps []verdictJSON `json:"steps"`
	Next  *nextJSON     `json:"next"`  // the picture to judge; null once the cause is found
	Cause []causeJSON   `json:"cause"` // empty until it is found
	Sure  bool          `json:"sure"`  // each of the causes is known to matter
}

type verdictJSON struct {
	Key     string `json:"key"`
	Verdict string `json:"verdict"`
}

// nextJSON is the picture that is to be judged.
type nextJSON struct {
	Key     string   `json:"key"` // "" if it is not made
	Changes []string `json:"changes"`
	AtMost  int      `json:"at_most"` // pictures, with this one
}

type causeJSON struct {
	Kind string `json:"kind"` // words, parameter or model
	Text string `json:"text"`
}

// tell says once, at the beginning of a bisect, how many pictures it takes, and why they may differ by chance.
func (r *bisectRun) tell() {
	if r.told || len(r.search.Steps()) > 0 {
		return
	}
	r.told = true
	r.p.printProgress(strings.TrimSuffix(r.search.Told(), ".") + ".")
	if w := r.search.Warning(); w != "" {
		r.p.printProgress(w)
	}
}

// print prints how far the search is, and what is to be judged, or the cause. key is that of the next picture.
func (r *bisectRun) print(key string) error {
	if r.p.json {
		return r.p.writeJSON(r.json(key))
	}
	s := r.search.Status()
	r.tell()
	if s.Next == nil {
		r.printCause()
		return nil
	}
	for _, i := range s.Next {
		r.p.printProgress("with " + r.search.Changes[i].Text())
	}
	if key == "" {
		return nil
	}
	e, found, err := r.s.history.Entry(key)
	if err != nil {
		return err
	}
	if found {
		r.p.printPicturePaths(r.s, e)
	}
	r.p.printProgress(r.progress() + " Tell how it is with the same command and --verdict g, b or s.")
	return nil
}

// printCause prints what makes the picture bad.
func (r *bisectRun) printCause() {
	for _, c := range r.search.Cause() {
		r.p.printLine(r.p.out, c.Text())
	}
	r.p.printProgress(r.search.CauseSentence())
}

func (r *bisectRun) json(key string) bisectJSON {
	out := bisectJSON{Good: r.verdicts.Good, Bad: r.verdicts.Bad, Steps: []verdictJSON{}, Cause: []causeJSON{}}
	for _, v := range r.verdicts.Steps {
		out.Steps = append(out.Steps, verdictJSON{v.Key, string(v.Verdict)})
	}
	s := r.search.Status()
	for _, c := range r.search.Cause() {
		out.Cause, out.Sure = append(out.Cause, causeJSON{string(c.Kind), c.Text()}), s.Sure
	}
	if s.Next != nil {
		out.Next = &nextJSON{Key: key, Changes: []string{}, AtMost: s.AtMost}
		for _, i := range s.Next {
			out.Next.Changes = append(out.Next.Changes, r.search.Changes[i].Text())
		}
	}
	return out
}
