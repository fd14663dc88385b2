package cli

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"tintype/history"
	"tintype/ui/format"
	"tintype/ui/impact"
)

// impactFlags are the flags of impact, as typed.
type impactFlags struct {
	planFlags
	by, seeds string
}

func impactCommand(p *program) *cobra.Command {
	var f impactFlags
	c := &cobra.Command{
		Use:   "impact KEY|ID",
		Short: "Which words of a prompt matter: pictures without each of them",
		Long: "Shows which words of a prompt matter. The prompt of a prediction is made without each of its phrases, with the " +
			"same seeds as the entire prompt. The plan and its price are shown first, and pictures that are here already are not bought again.\n\n" +
			"An impact of 1.0 means that the picture changes as much as with another seed. Below the noise no effect is seen.\n\n" + exitHelp,
		Example:           "tintype impact x7kq --dry-run\ntintype impact x7kq --by word --seeds 5 --budget 0.50",
		ValidArgsFunction: p.completeKeys(anyEntry, 1),
		RunE: p.runE(func(ctx context.Context, args []string) (int, error) {
			if len(args) != 1 {
				return 0, usageError("impact takes one key or id; list shows them")
			}
			return measureImpact(ctx, p, args[0], f)
		}),
	}
	flags := c.Flags()
	flags.StringVar(&f.by, "by", string(impact.Phrase), "what is left out at a time: phrase or word")
	flags.StringVar(&f.seeds, "seeds", strconv.Itoa(impact.DefaultSeeds), "how many seeds each is tried with, 2 or more")
	addPlanFlags(flags, &f.planFlags)
	return c
}

// measureImpact plans and buys the pictures that are missing, and prints what was measured.
func measureImpact(ctx context.Context, p *program, name string, f impactFlags) (int, error) {
	terms, err := f.terms()
	if err != nil {
		return 0, err
	}
	seeds, err := parsePositive("seeds", f.seeds)
	if err != nil {
		return 0, err
	}
	if f.by != string(impact.Phrase) && f.by != string(impact.Word) {
		return 0, usageError("--by takes phrase or word; %q is neither", f.by)
	}
	s, err := p.openToBuy()
	if err != nil {
		return 0, err
	}
	defer s.close()
	e, err := s.find(name)
	if err != nil {
		return 0, err
	}
	x, err := impact.New(e, impact.By(f.by), seeds)
	if errors.Is(err, impact.ErrOnePhrase) {
		return 0, usageError("this prompt is one phrase: --by word leaves out one word at a time")
	}
	if err != nil {
		return 0, usageError("%w", err)
	}
	if x.Spec.LabSeed, err = parseLabSeed(f.labSeed); err != nil {
		return 0, err
	}
	l := newLab(p, s)
	made, err := l.Make(ctx, x.Spec)
	if err != nil {
		return 0, usageError("%w", err)
	}
	report := func(r *planRun) error { return printImpact(ctx, r, e, x) }
	run := &planRun{p: p, s: s, lab: l, plan: made, terms: terms, flags: f.planFlags, asTable: !x.Seedless, report: report}
	return run.run(ctx)
}

// printImpact measures the pictures that there are, and prints the impact of each part of the prompt.
func printImpact(ctx context.Context, r *planRun, e history.Entry, x impact.Experiment) error {
	result, err := impact.Measure(x.Pictures(r.plan, impact.Loader(ctx, r.s.history)))
	if err != nil && r.jobs != nil && r.exitCode() != exitOK {
		r.p.printProgress(err.Error()) // why there are too few pictures is told, and has its own exit code
		return nil
	}
	if err != nil {
		return err
	}
	if r.p.json {
		return r.p.writeJSON(newImpactJSON(e, x, result))
	}
	printImpacts(r.p, x, result)
	return nil
}

// impactJSON is an impact as --json prints it.
type impactJSON struct {
	Key      string       `json:"key"`
	Noise    float64      `json:"noise"`    // in units of another seed; below it no effect is seen
	Seedless bool         `json:"seedless"` // the model takes no seed
	Phrases  []phraseJSON `json:"phrases"`
}

// phraseJSON is a phrase or a word. Its numbers are null if it could not be measured.
type phraseJSON struct {
	Text   string   `json:"text"`
	From   int      `json:"from"` // bytes of the prompt
	To     int      `json:"to"`
	Impact *float64 `json:"impact"`
	Low    *float64 `json:"low"`
	High   *float64 `json:"high"`
	Seen   bool     `json:"seen"` // it is above the noise
}

func newImpactJSON(e history.Entry, x impact.Experiment, r impact.Result) impactJSON {
	out := impactJSON{Key: e.Key, Noise: r.Noise, Seedless: r.Seedless, Phrases: make([]phraseJSON, len(x.Parts))}
	for i, part := range x.Parts {
		out.Phrases[i] = phraseJSON{Text: part.Text, From: part.From, To: part.To, Seen: r.Parts[i].Seen}
		if m := r.Parts[i]; m.Seeds > 0 {
			out.Phrases[i].Impact, out.Phrases[i].Low, out.Phrases[i].High = &m.Impact, &m.Low, &m.High
		}
	}
	return out
}

// barWidth is how many columns the largest impact takes, or one of 2.
const barWidth = 16

// printImpacts prints a line for each part, in the order of the prompt: its impact as a number and a bar, and its range over the seeds, or how many
// of them there are.
func printImpacts(p *program, x impact.Experiment, r impact.Result) {
	styles := p.styles(p.out)
	for i, part := range x.Parts {
		m := r.Parts[i]
		number, said, bar := fmt.Sprintf("%.2f", m.Impact), fmt.Sprintf("%.2f to %.2f", m.Low, m.High), strings.Repeat("=", int(m.Impact*barWidth/r.Full()+0.5))
		style := styles.Text
		switch {
		case m.Seeds > 0 && m.Seeds < x.Seeds && m.Seen:
			said = fmt.Sprintf("%d of %s", m.Seeds, format.Plural(x.Seeds, "seed"))
		case m.Seeds == 0:
			number, said, bar, style = "–", m.Missing(), "", styles.Muted
		case !m.Seen:
			said, bar, style = "no effect seen", "", styles.Muted
		}
		p.printSpans(p.out,
			span{number, 4, style}, span{said, len("no effect seen"), styles.Muted}, span{bar, barWidth, styles.Changed}, span{text: format.Clean(part.Text), style: style})
	}
	p.printProgress("1.00 is as much as " + r.UnitName() + ". " + r.NoiseSentence())
}
