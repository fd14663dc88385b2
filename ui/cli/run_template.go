package cli

import (
	"context"
	"fmt"
	"math/big"

	"github.com/spf13/pflag"

	"tintype/api/model"
	"tintype/ui/plan"
	"tintype/ui/runner"
	"tintype/ui/template"
)

// runTemplate says whether run expands its prompt, and how what it makes of it is bought.
type runTemplate struct {
	planFlags
	expand bool
}

// addTemplateFlags adds the flags of run that make several pictures of one prompt.
func addTemplateFlags(flags *pflag.FlagSet, f *runTemplate) {
	flags.BoolVarP(&f.expand, "template", "T", false, "expand the prompt: {red|blue} makes two of it")
	flags.BoolVar(&f.dryRun, "dry-run", false, "with -T: show the plan and its price; buy nothing")
	flags.BoolVar(&f.yes, "yes", false, "buy without asking: several with -T, what costs more than ask_above, and at an unknown price in spite of a budget")
	flags.StringVar(&f.budget, "budget", "", "with -T: the most that all may cost, in US dollars; buys without asking")
	addAgainFlag(flags, &f.planFlags, "with -T: buy again what is here")
	addLabSeedFlag(flags, &f.planFlags, "with -T: ")
}

// check returns an error for flags that need another one.
func (f runTemplate) check() error {
	if f.expand {
		return nil
	}
	for _, flag := range []struct {
		name  string
		given bool
	}{{"dry-run", f.dryRun}, {"again", f.again}, {"budget", f.budget != ""}, {"lab-seed", f.labSeed != ""}} {
		if flag.given {
			return usageError("--%s is for prompts that are expanded: add --template", flag.name)
		}
	}
	return nil
}

// noteAsWritten returns what to say of a prompt that is sent as it is written and would make several as a template; "" of any other.
func noteAsWritten(prompt string) string {
	t, err := template.Parse(prompt, nil)
	if err != nil || t.Count().Cmp(big.NewInt(1)) <= 0 {
		return ""
	}
	return fmt.Sprintf("The prompt is sent as it is written. With -T it makes %s prompts.", template.Thousands(t.Count()))
}

// runExpanded buys what a template expands to: one picture as run does, several as a plan.
func runExpanded(ctx context.Context, p *program, s *session, prompt string, given runFlags, f runTemplate, wait runWait) (int, error) {
	terms, err := f.terms()
	if err != nil {
		return 0, err
	}
	if prompt, err = given.under.applyToTemplate(prompt); err != nil {
		return 0, err
	}
	spec := plan.Spec{Prompt: prompt, Model: s.settings.Model}
	if spec.LabSeed, err = parseLabSeed(f.labSeed); err != nil {
		return 0, err
	}
	if spec.Parent, err = f.parentKey(s, ""); err != nil {
		return 0, err
	}
	if err := (sweepFlags{runFlags: given}).addBase(&spec); err != nil {
		return 0, err
	}
	given.under.addTo(model.Find(spec.Model), spec.Base)
	if spec, err = resolveImagesOf(ctx, p, s, spec, ""); err != nil {
		return 0, err
	}
	l := newLab(p, s)
	made, err := l.Make(ctx, spec)
	if err != nil {
		return 0, usageError("%w", err)
	}
	if len(made.Cells) == 1 && !f.dryRun && f.budget == "" {
		text, _ := made.Cells[0].Input["prompt"].(string)
		draft, err := given.draft(text, s.settings.Model)
		if err != nil {
			return 0, err
		}
		draft.Template, draft.Parent = prompt, spec.Parent
		return buyDraft(ctx, p, s, draft, wait)
	}
	if wait != (runWait{yes: wait.yes}) {
		return 0, usageError("--no-wait, --show and --timeout are for one picture, and this prompt makes a plan of %d", len(made.Cells))
	}
	run := &planRun{p: p, s: s, lab: l, plan: made, terms: terms, flags: f.planFlags, asTable: true}
	return run.run(ctx)
}

// buyDraft completes a draft, connects, and buys it.
func buyDraft(ctx context.Context, p *program, s *session, draft runner.Draft, wait runWait) (int, error) {
	draft, err := p.resolveImages(ctx, s, draft)
	if err != nil {
		return 0, err
	}
	if ok, err := mayBuyOne(p, s, draft, wait.yes); err != nil || !ok {
		return exitUsage, err
	}
	if err := p.connect(ctx, s); err != nil {
		return 0, err
	}
	if err := s.requireKey(); err != nil {
		return 0, err
	}
	p.warnUnknownModel(s, draft)
	return p.buy(ctx, s, draft, wait)
}
