package cli

import (
	"context"
	"slices"

	"github.com/spf13/cobra"

	"tintype/history"
	"tintype/ui/bisect"
	"tintype/ui/lab"
	"tintype/ui/plan"
)

// bisectFlags are the flags of bisect, as typed.
type bisectFlags struct {
	planFlags
	until, verdict string
	undo           bool
}

func bisectCommand(p *program) *cobra.Command {
	var f bisectFlags
	c := &cobra.Command{
		Use:   "bisect GOOD BAD",
		Short: "Find the word or setting that makes a good picture bad",
		Long: "Finds the word or setting that makes a good picture bad. Half of the changes from one prediction to the other are tried at the seed " +
			"of the good one, then half of those that are left, and so on. Each picture is judged: g good, b bad, s cannot tell.\n\n" +
			"On a terminal it asks. Otherwise it makes one picture at a time, and --verdict tells how it is. The verdicts are kept: the same command " +
			"goes on where it was. --until state:failed needs no eyes: it finds what a filter refuses.\n\n" + exitHelp,
		Example:           "tintype bisect x7kq 3fd2\ntintype bisect x7kq 3fd2 --verdict g\ntintype bisect x7kq 3fd2 --until state:failed --budget 0.10",
		ValidArgsFunction: p.completeKeys(anyEntry, 2),
		RunE: p.runE(func(ctx context.Context, args []string) (int, error) {
			if len(args) != 2 {
				return 0, usageError("bisect takes two predictions, the good one first; list shows their keys")
			}
			return runBisect(ctx, p, args, f)
		}),
	}
	flags := c.Flags()
	flags.StringVar(&f.until, "until", "", "judge by itself: state:failed is bad, a picture is good")
	flags.StringVar(&f.verdict, "verdict", "", "how the last picture is: g good, b bad, s cannot tell")
	flags.BoolVar(&f.undo, "undo", false, "undo the last verdict")
	flags.BoolVar(&f.dryRun, "dry-run", false, "show the changes and the next picture; buy nothing")
	flags.BoolVar(&f.yes, "yes", false, "buy without asking")
	flags.StringVar(&f.budget, "budget", "", "the most that its pictures may cost in all, in US dollars; buys without asking")
	return c
}

// check returns an error for flags that mean nothing.
func (f bisectFlags) check() error {
	switch {
	case f.until != "" && f.until != "state:failed":
		return usageError("--until takes state:failed; %q is not it", f.until)
	case f.verdict != "" && !slices.Contains([]string{"g", "b", "s"}, f.verdict):
		return usageError("--verdict takes g, b or s; %q is none of them", f.verdict)
	case f.verdict != "" && f.undo:
		return usageError("--verdict and --undo cannot be together")
	}
	return nil
}

// runBisect makes picture after picture, until the cause is found or somebody must look at one.
func runBisect(ctx context.Context, p *program, names []string, f bisectFlags) (int, error) {
	if err := f.check(); err != nil {
		return 0, err
	}
	terms, err := f.terms()
	if err != nil {
		return 0, err
	}
	r := &bisectRun{p: p, flags: f, budget: terms.Budget}
	for {
		code, again, err := r.step(ctx, names)
		if err != nil || !again {
			return code, err
		}
		r.flags.verdict, r.flags.undo = "", false // they were for the first step
	}
}

// A bisectRun makes the pictures of a bisect without a screen. Each step has a session of its own.
type bisectRun struct {
	p         *program
	flags     bisectFlags
	budget    float64           // of --budget, in USD
	agreement *bisect.Agreement // nil before the first step
	told      bool              // how many pictures it takes was said
	plans     []string          // keys of those that were bought

	s         *session
	lab       *lab.Lab
	search    *bisect.Bisect
	good, bad history.Entry
	verdicts  []lab.Verdict
}

// step opens the bisect, takes the verdict of the command line, and makes and judges one picture. again reports whether there is another step.
func (r *bisectRun) step(ctx context.Context, names []string) (code int, again bool, err error) {
	if r.s, err = r.p.openToBuy(); err != nil {
		return 0, false, err
	}
	defer r.s.close()
	if err := r.open(ctx, names); err != nil {
		return 0, false, err
	}
	if err := r.takeVerdict(ctx); err != nil {
		return 0, false, err
	}
	if r.search.Status().Next == nil || r.flags.dryRun {
		return exitOK, false, r.print("")
	}
	made, code, err := r.make(ctx)
	if err != nil || made == "" {
		return code, false, err
	}
	e, err := r.s.find(made)
	switch {
	case err != nil:
		return 0, false, err
	case e.State == history.Done && r.flags.until != "":
		return exitOK, true, r.judge(made, bisect.Good)
	case e.State == history.Done:
		return r.ask(ctx, e)
	case r.isFailure(e):
		return exitOK, true, r.judge(made, bisect.Bad)
	}
	r.printNotMade(e, code)
	return mostSevere(code, exitFailed), false, r.print(made)
}

// open reads the two predictions and the verdicts of earlier times.
func (r *bisectRun) open(ctx context.Context, names []string) (err error) {
	if r.good, err = r.s.find(names[0]); err != nil {
		return err
	}
	if r.bad, err = r.s.find(names[1]); err != nil {
		return err
	}
	r.lab = newLab(r.p, r.s)
	if r.search, err = bisect.New(r.good, r.bad, r.lab.Rule); err != nil {
		return usageError("%w", err)
	}
	if err := r.checkUntil(); err != nil {
		return err
	}
	kept, err := r.lab.Verdicts(r.good.Key, r.bad.Key)
	if err != nil {
		return err
	}
	r.resume(kept.Steps)
	if r.agreement != nil {
		return nil
	}
	agreement := bisect.NewAgreement(r.search, func(spec plan.Spec) (*plan.Plan, error) { return r.lab.Make(ctx, spec) })
	r.agreement = &agreement
	return nil
}

// resume goes on from verdicts of earlier times.
func (r *bisectRun) resume(verdicts []lab.Verdict) {
	r.verdicts = verdicts
	r.search.Resume(lab.ByPicture(verdicts))
}

// checkUntil returns an error if --until has nothing to find: the bad one did not fail, or not because of what was asked for.
func (r *bisectRun) checkUntil() error {
	switch {
	case r.flags.until == "":
		return nil
	case r.bad.State != history.Failed:
		return usageError("the bad one, %s, did not fail, so there is no failure to find. Without --until you judge the pictures yourself", r.s.shortKey(r.bad))
	case !lab.IsFailureOfInput(r.bad):
		return usageError("the bad one, %s, failed, but not because of its words or settings. Use it again first", r.s.shortKey(r.bad))
	}
	return nil
}

// isFailure reports whether a prediction failed as --until looks for: in the way of the bad one.
func (r *bisectRun) isFailure(e history.Entry) bool {
	return r.flags.until != "" && lab.FailedAlike(e, r.bad)
}
