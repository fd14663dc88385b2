package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"tintype/api/model"
	"tintype/history"
	"tintype/ui/format"
	"tintype/ui/picture"
	"tintype/ui/runner"
	"tintype/ui/wording"
)

func (p *program) runCommand() *cobra.Command {
	var given runFlags
	var wait runWait
	var asTemplate runTemplate
	var timeout string
	c := &cobra.Command{
		Use:   "run PROMPT|-",
		Short: "Make a picture",
		Long: "Make a picture: create one prediction, follow it until it ends, and save its pictures. Their paths, or with --json the " +
			"prediction, go to standard output. Progress goes to standard error: one line that is rewritten on a terminal, else " +
			"one line for each event.\n\n" +
			"--show also draws the pictures, above their paths, if standard output is a terminal.\n\n" +
			"The prompt is sent as it is. With -T it is a template, such as \"A {red|blue} fox\": one prompt is bought as usual, several as a " +
			"plan, with its price first.\n\n" +
			"With - all of standard input is one prompt, which may have several lines. For one picture of each line:\n" +
			"  " + eachLine + "\n\n" + exitHelp,
		Example: "tintype run --demo \"A paper boat floating on calm water at sunrise.\"\n" +
			"tintype run --show -a 16:9 \"A red bicycle.\"\n" +
			"echo \"A red bicycle.\" | tintype run -m flux-dev -",
		RunE: p.runE(func(ctx context.Context, args []string) (int, error) {
			limit, err := parseTimeout("timeout", timeout)
			if err != nil {
				return 0, err
			}
			wait.limit = limit
			return p.run(ctx, args, given, asTemplate, wait)
		}),
	}
	addModelFlag(c)
	flags := c.Flags()
	addInputFlags(flags, &given)
	addPresetFlag(p, c, &given.preset)
	flags.BoolVar(&wait.noWait, "no-wait", false, "exit once the id is on disk; follow resumes it")
	flags.BoolVar(&wait.show, "show", false, "draw the pictures in the terminal")
	flags.StringVar(&timeout, "timeout", "", "exit after a time such as 90s or 2m; the prediction keeps running")
	addTemplateFlags(flags, &asTemplate)
	addParentFlag(p, c, &asTemplate.planFlags)
	addGraphicsFlag(c)
	return c
}

// runWait says how long run follows its job, and whether it draws the pictures.
type runWait struct {
	waitPolicy
	show bool
	yes  bool // buy at a price that is not known in spite of a budget, or above ask_above, without asking
}

// check returns an error for flags that contradict each other.
func (w runWait) check(asJSON bool) error {
	switch {
	case w.show && asJSON:
		return usageError("--show draws pictures, and --json prints only JSON: leave one of them out")
	case w.show && w.noWait:
		return usageError("--show waits for the picture, and --no-wait does not: leave one of them out")
	}
	return nil
}

// run buys one prediction and follows it.
func (p *program) run(ctx context.Context, args []string, given runFlags, asTemplate runTemplate, wait runWait) (int, error) {
	if err := asTemplate.check(); err != nil {
		return 0, err
	}
	if err := wait.check(p.json); err != nil {
		return 0, err
	}
	prompt, err := p.readPrompt(args, given.set)
	if err != nil {
		return 0, err
	}
	s, err := p.openToBuy()
	if err != nil {
		return 0, err
	}
	defer s.close()
	wait.yes = asTemplate.yes
	if given.under, err = readPresets(p, &s.settings, given.preset); err != nil {
		return 0, err
	}
	if asTemplate.expand {
		return runExpanded(ctx, p, s, prompt, given, asTemplate, wait)
	}
	if note := noteAsWritten(prompt); note != "" {
		p.printProgress(note)
	}
	if prompt, err = given.under.apply(prompt); err != nil {
		return 0, err
	}
	for _, note := range given.under.addTo(model.Find(s.settings.Model), map[string]any{}) {
		p.printProgress(note)
	}
	draft, err := given.draft(prompt, s.settings.Model)
	if err != nil {
		return 0, err
	}
	if draft.Parent, err = asTemplate.parentKey(s, ""); err != nil {
		return 0, err
	}
	return buyDraft(ctx, p, s, draft, wait)
}

// buy submits a draft, follows the job as long as the policy says, and prints the result.
func (p *program) buy(ctx context.Context, s *session, draft runner.Draft, wait runWait) (int, error) {
	ctx, stop := withInterrupt(ctx)
	defer stop()
	draft.AcceptUnknown = wait.yes
	row, task := s.runner.Submit(draft)
	printer := newProgress(p, s, false)
	printer.printStart(row)
	p.startLive(s.settings, row, printer.liveText)
	defer p.endLive()
	last, timedOut := wait.run(ctx, s.runner, row, task, printer.onChange)
	s.closeRunner()
	p.endLive()
	entry, err := s.history.Get(last.Key)
	if err != nil {
		entry = withoutJournal(last.Entry)
	}
	if bought, ok := s.lackingID(last.Key); ok {
		entry = bought
	}
	p.printWithoutID(s.withoutID)
	leftCode := exitInterrupted
	if timedOut {
		leftCode = exitTimeout
	}
	if wait.show {
		p.showPictures(ctx, s, entry)
	}
	return p.reportPurchase(ctx, printer, entry, wait.noWait, leftCode)
}

// showPictures draws the pictures of a purchase, if standard output is a terminal. What goes wrong is said, and is no failure of the purchase.
func (p *program) showPictures(ctx context.Context, s *session, e history.Entry) {
	files := asFiles(localPictures(s.history, e))
	switch {
	case len(files) == 0 || ctx.Err() != nil:
	case !isTerminal(p.out):
		p.printProgress("--show draws only if standard output is a terminal. These are the paths.")
	default:
		if _, err := p.drawPictures(ctx, s.settings, files, picture.Cells{}); err != nil {
			p.printError(err)
		}
	}
}

// warnUnknownModel warns before the first purchase from a model that is not in the catalogue.
func (p *program) warnUnknownModel(s *session, draft runner.Draft) {
	m := model.Find(draft.Model)
	if m.Known || s.hasMade(m.ID) {
		return
	}
	p.printProgress(wording.UnknownModel(m.ID, s.provider.Free) + format.DidYouMean(strings.TrimPrefix(m.ID, "black-forest-labs/"), modelNames()))
}

// hasMade reports whether a model has made something before.
func (s *session) hasMade(id string) bool {
	return s.history.BuildIndex(context.Background()) == nil && len(s.history.Durations(id, 1)) > 0
}

// withoutJournal is the last known state of a purchase that the history does not have: what was not recorded was not sent.
func withoutJournal(e history.Entry) history.Entry {
	if e.State == history.Creating && len(e.Attempts) == 0 {
		e.State, e.CancelReason = history.Stopped, neverSent
	}
	return e
}

// neverSent is the runner's cancel reason for a purchase that an interrupt or --timeout stopped before a byte was sent.
const neverSent = "never_sent"

// reportPurchase prints the result of a purchase and returns its exit code: leftCode if the user left before it was sent.
func (p *program) reportPurchase(ctx context.Context, printer *progress, e history.Entry, noWait bool, leftCode int) (int, error) {
	s := printer.s
	code := entryCode(e)
	switch {
	case isWithoutID(e):
		code = exitUnreachable
	case e.CancelReason == neverSent:
		code = leftCode
		printer.onChange(runner.Change{Row: runner.Row{Entry: e}, Notice: runner.Notice{Kind: runner.StoppedUnsent}})
	case e.State.Ended() || e.State == history.Unconfirmed:
	case noWait && e.ID != "":
		code = exitOK
	case ctx.Err() != nil:
		code = exitInterrupted
	}
	if !e.State.Ended() && (code == exitTimeout || code == exitInterrupted) {
		left := "Not finished yet. It keeps running at " + s.provider.Title + "."
		if e.State == history.Saving {
			left = "It is paid for, but not saved yet."
		}
		p.printProgress(left + " Follow it with: " + p.followHintFor(e))
	}
	if p.json {
		return code, p.writeJSON(newPredictionJSON(e, s.history.Path))
	}
	if noWait && !e.State.Ended() {
		p.printLine(p.out, e.Key)
	}
	p.printPicturePaths(s, e)
	return code, nil
}

// printPicturePaths prints the path of each saved picture, one per line.
func (p *program) printPicturePaths(s *session, e history.Entry) {
	for _, output := range e.Outputs {
		if path := output.LocalPath(); path != "" {
			p.printLine(p.out, s.history.Path(path))
		}
	}
}
