package cli

import (
	"context"
	"fmt"
	"slices"

	"tintype/history"
	"tintype/ui/bisect"
	"tintype/ui/format"
	"tintype/ui/lab"
	"tintype/ui/plan"
)

// takeVerdict takes the verdict of the command line, or undoes the last one.
func (r *bisectRun) takeVerdict(ctx context.Context) error {
	switch {
	case r.flags.undo:
		return r.undo()
	case r.flags.verdict == "":
		return nil
	case r.search.Status().Next == nil:
		return usageError("this bisect has ended: there is no picture to judge. --undo undoes the last verdict")
	}
	made, err := r.plan(ctx)
	if err != nil {
		return err
	}
	v, key, why := bisect.Verdict(r.flags.verdict), "", ""
	switch c := &made.Cells[0]; c.State {
	case plan.Had:
		key = c.NewestKey()
	case plan.Coming:
		why = "the next picture is still being made, so it cannot be judged"
	case plan.Invalid:
		if v != bisect.Skip {
			why = "the next picture is not possible, so only s can be told of it: " + c.Why
		}
	default:
		e, err := r.lab.FailedAttempt(c)
		if err != nil {
			return err
		}
		key = e.Key
		switch {
		case key == "":
			why = "the next picture is not made yet, so it cannot be judged"
		case v == bisect.Good:
			why = "the next picture was not made, so it cannot be good: tell b or s, or try again with the same command"
		}
	}
	if why != "" {
		return usageError("%s", why)
	}
	return r.judge(key, v)
}

// undo undoes the last verdict.
func (r *bisectRun) undo() error {
	if !r.search.Undo() {
		return usageError("there is no verdict to undo")
	}
	return r.tell(lab.Verdict{Picture: r.search.Key()})
}

// judge tells a verdict of the next picture.
func (r *bisectRun) judge(key string, v bisect.Verdict) error {
	said := lab.Verdict{Key: key, Picture: r.search.Key(), Verdict: string(v)}
	r.search.Judge(v)
	return r.tell(said)
}

// tell keeps a verdict, or drops that of a picture if it says nothing. What other programs said meanwhile counts too.
func (r *bisectRun) tell(v lab.Verdict) error {
	kept, err := r.lab.TellVerdict(r.good.Key, r.bad.Key, v)
	if err == nil {
		r.resume(kept.Steps)
	}
	return err
}

// plan makes the plan of the next picture, and reads before what other programs wrote: what they try from now on is not tried too.
func (r *bisectRun) plan(ctx context.Context) (*plan.Plan, error) {
	began := r.p.now()
	if _, err := r.s.history.Refresh(ctx); err != nil {
		return nil, err
	}
	made, err := r.search.Plan(func(spec plan.Spec) (*plan.Plan, error) { return r.lab.Make(ctx, spec) })
	if err != nil {
		return nil, usageError("%w", err)
	}
	made.Matched = began
	return made, nil
}

// make makes the next picture, unless it is here, and returns its key; "" if it was not made.
func (r *bisectRun) make(ctx context.Context) (key string, code int, err error) {
	made, err := r.plan(ctx)
	if err != nil {
		return "", 0, err
	}
	cell := &made.Cells[0]
	r.agreement.Note(cell)
	r.printTold()
	switch cell.State {
	case plan.Had:
		return cell.NewestKey(), exitOK, nil
	case plan.Invalid:
		return "", 0, usageError("the next picture is not possible: %s. --verdict s skips it", cell.Why)
	case plan.New:
		if e, err := r.lab.FailedAttempt(cell); err != nil || r.isFailure(e) { // a program that was killed did not judge it
			return e.Key, exitOK, err
		}
		if ok, code, err := r.mayBuy(cell); err != nil || !ok {
			return "", code, err
		}
	}
	run := &planRun{
		p: r.p, s: r.s, lab: r.lab, plan: made, terms: lab.Terms{AcceptUnknown: r.flags.budget == "" || r.flags.yes}, flags: planFlags{yes: true},
		step: r.stepName(), report: func(*planRun) error { return nil },
	}
	r.plans = append(r.plans, made.Key)
	if code, err = run.run(ctx); err != nil {
		return "", 0, err
	}
	bought, err := r.s.history.Entries([]string{cell.NewestKey()})
	switch {
	case err != nil:
		return "", 0, err
	case len(bought) > 0:
		return bought[0].Key, code, nil
	}
	e, err := r.lab.FailedAttempt(cell)
	if err != nil || r.isFailure(e) { // of another program
		return e.Key, code, err
	}
	return "", mostSevere(code, exitFailed), r.print("") // its line has said why it was not sent
}

// stepName says what the next picture is.
func (r *bisectRun) stepName() string {
	n := len(r.search.Status().Next)
	return fmt.Sprintf("picture %d · with %s of %s", len(r.search.Steps())+1, format.Count(n), format.Plural(len(r.search.Changes), "change"))
}

// mayBuy reports whether the next picture may be bought: it fits --budget, --yes agrees to all, or a person agreed to as many.
func (r *bisectRun) mayBuy(next *plan.Cell) (ok bool, code int, err error) {
	switch {
	case r.flags.budget != "":
		return r.fits(next)
	case r.flags.yes || r.agreement.Take(next):
		return true, exitOK, nil
	}
	price := r.price()
	agreed, asked := askToBuy(r.p, "Make "+price+"? y makes them")
	if !asked && (r.flags.verdict != "" || r.flags.undo) { // the command has done what was asked for
		r.p.printProgress("To go on: " + price + ", with --yes, or --budget and the most that it may cost.")
		return false, exitOK, r.print("")
	}
	if !asked {
		return false, 0, usageError("this makes %s: add --yes, or --budget with the most that it may cost", price)
	}
	if agreed {
		r.agreement.Agree(r.search.Status())
	}
	return agreed && r.agreement.Take(next), exitUsage, nil
}

// price says how many pictures are still needed, and what they cost.
func (r *bisectRun) price() string {
	return r.agreement.Price(r.search.Status(), r.s.provider.Free, false)
}

// fits reports whether the next picture fits --budget beside all that were bought for this bisect.
func (r *bisectRun) fits(next *plan.Cell) (ok bool, code int, err error) {
	if next.Estimate == nil || r.s.provider.Free {
		return true, exitOK, nil // the runner says that an unknown price fits no budget
	}
	spent, err := r.spent()
	if err != nil {
		return false, 0, err
	}
	if spent+next.Estimate.USD <= r.budget+1e-9 {
		return true, exitOK, nil
	}
	r.p.printProgress(fmt.Sprintf("Stopped at %s of %s: the next picture costs %s.", format.Dollars(spent), format.Dollars(r.budget), format.Dollars(next.Estimate.USD)))
	if r.p.json {
		err = r.print("")
	}
	return false, exitBudget, err
}

// spent returns what the pictures of this bisect cost so far, in USD: those that were judged, and those of this run.
func (r *bisectRun) spent() (usd float64, err error) {
	keys := slices.Clone(r.plans)
	for _, s := range r.search.Steps() {
		p, err := r.lab.Make(context.Background(), r.search.Spec(s.Changes))
		if err != nil {
			return 0, err
		}
		keys = append(keys, p.Key)
	}
	slices.Sort(keys)
	for _, key := range slices.Compact(keys) {
		committed, err := r.s.history.CommittedBy(key)
		if err != nil {
			return 0, err
		}
		usd += committed.USD
	}
	return usd, nil
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
		case answer == "u" && len(r.search.Steps()) > 0:
			return exitOK, true, r.undo()
		case answer == "u":
			r.p.printProgress("There is no verdict to undo.")
		default:
			return exitOK, false, r.print(e.Key)
		}
	}
}
