package cli

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"tintype/api/model"
	"tintype/history"
	"tintype/history/duels"
	"tintype/ui/format"
	"tintype/ui/params"
	"tintype/ui/rank"
)

// rankFlags are the flags of rank.
type rankFlags struct {
	by, plan string
	csv      bool
}

// What rank may be by, beside parameters.
const (
	byPicture = "picture"
	byPrompt  = "prompt"
	byModel   = "model"
)

func rankCommand(p *program) *cobra.Command {
	var f rankFlags
	c := &cobra.Command{
		Use:   "rank [QUERY]",
		Short: "Which pictures, prompts, models or settings won their duels",
		Long: "Ranks the pictures that were compared in duels, best first: how often each wins against the average one, with the interval " +
			"that holds the truth 95 times in 100. A place has a number once its order is sure at 0.9; below the list is said which places are " +
			"not told apart yet, and about how many duels more would do it.\n\n" +
			"A query as in list chooses pictures; duels with others count all the same. --by prompt, model or a parameter ranks values instead: by " +
			"how much a picture with the value is stronger than one with the average value. Outside of a balanced plan a value only occurs in better " +
			"pictures, and need not make them so.\n\n" +
			"--json prints [{key, output, strength, low, high, duels}], with --by value in the place of key and output. A strength is the logarithm " +
			"of the odds against the average.",
		Example: "tintype rank\ntintype rank fox model:dev --json\ntintype rank --by guidance --plan 4k2x\ntintype rank --by model --csv",
		RunE: p.runE(func(ctx context.Context, args []string) (int, error) {
			return runRank(ctx, p, strings.Join(args, " "), f)
		}),
	}
	c.Flags().StringVar(&f.by, "by", byPicture, "what is ranked: picture, prompt, model or a parameter")
	c.Flags().StringVar(&f.plan, "plan", "", "only pictures that were compared as those of a plan, by its key or its beginning")
	c.Flags().BoolVar(&f.csv, "csv", false, "print a table for spreadsheets")
	addCompletion(c, "by", append([]string{byPicture, byPrompt, byModel}, rankableParameters()...))
	return c
}

// rankableParameters returns the names of the parameters of all models, but for the prompt.
func rankableParameters() (names []string) {
	for _, m := range model.All() {
		for _, parameter := range m.Parameters {
			if parameter.Name != params.Prompt && !slices.Contains(names, parameter.Name) {
				names = append(names, parameter.Name)
			}
		}
	}
	slices.Sort(names)
	return names
}

// runRank ranks what was compared, and prints it.
func runRank(ctx context.Context, p *program, words string, f rankFlags) (int, error) {
	if p.json && f.csv {
		return 0, usageError("--json and --csv cannot both be meant")
	}
	s, err := p.openSession()
	if err != nil {
		return 0, err
	}
	defer s.close()
	ctx, stop := withInterrupt(ctx)
	defer stop()
	c, wrongQuery, err := readComparison(ctx, s.history, words, f.plan, p)
	if err != nil {
		return afterInterrupt(ctx, err)
	}
	if f.by == byPicture || f.by == "" {
		err = printRanking(p, s.history, c, f)
	} else {
		err = printValues(p, c, f)
	}
	if err == nil {
		warnOfDuels(p, c)
		err = wrongQuery
	}
	return exitOK, err
}

// A comparison is what was compared, and what the history has of it.
type comparison struct {
	duels    []duels.Duel
	pictures []duels.Picture // that are ranked
	entries  map[string]history.Entry
	gone     int // pictures that are in the trash or not in the history any more
	bad      int // lines that cannot be read
}

// readComparison reads the duels, and the predictions whose pictures were in them and match words. wrong is a term that cannot be
// understood.
func readComparison(ctx context.Context, h *history.History, words, plan string, p *program) (c comparison, wrong, err error) {
	report, err := h.Duels().Read()
	if err != nil {
		return c, nil, err
	}
	c.duels, c.bad = report.Duels, report.Unread
	keys, wrong, err := matchingKeys(ctx, h, words, 0, p.now())
	if err != nil {
		return c, nil, err
	}
	all := h.Keys()
	seen, wanted := map[duels.Picture]bool{}, map[string]bool{}
	for _, d := range c.duels {
		if plan != "" && !strings.HasPrefix(d.Of, plan) {
			continue
		}
		for _, picture := range []duels.Picture{d.A, d.B} {
			if seen[picture] {
				continue
			}
			seen[picture] = true
			if _, found := keys.Find(picture.Key); found {
				c.pictures = append(c.pictures, picture)
				wanted[picture.Key] = true
			} else if _, here := all.Find(picture.Key); !here {
				c.gone++
			}
		}
	}
	slices.SortFunc(c.pictures, func(a, b duels.Picture) int { // of equal ones, the newest first
		if order := strings.Compare(b.Key, a.Key); order != 0 {
			return order
		}
		return a.Output - b.Output
	})
	c.entries, err = readEntries(h, wanted)
	c.leaveOutUnknown()
	return c, wrong, err
}

// leaveOutUnknown leaves out pictures that their predictions do not have, as lines that were written by hand may name.
func (c *comparison) leaveOutUnknown() {
	before := len(c.pictures)
	c.pictures = slices.DeleteFunc(c.pictures, func(p duels.Picture) bool { return p.Output > max(len(c.entries[p.Key].Outputs), 1) })
	c.gone += before - len(c.pictures)
}

// readEntries reads the entries of keys.
func readEntries(h *history.History, wanted map[string]bool) (map[string]history.Entry, error) {
	entries := make(map[string]history.Entry, len(wanted))
	keys := make([]string, 0, len(wanted))
	for key := range wanted {
		keys = append(keys, key)
	}
	found, err := h.Entries(keys)
	for _, e := range found {
		entries[e.Key] = e
	}
	return entries, err
}

// between returns the duels of the pictures that are ranked with each other.
func (c *comparison) between() (list []duels.Duel) {
	ranked := make(map[duels.Picture]bool, len(c.pictures))
	for _, p := range c.pictures {
		ranked[p] = true
	}
	for _, d := range c.duels {
		if ranked[d.A] && ranked[d.B] {
			list = append(list, d)
		}
	}
	return list
}

// features returns the values of the pictures on an axis; for those of one plan, also on the plan's axes, so that each value is told from those
// that it occurs with. ofPlan is set then.
func (c *comparison) features(by string) (features func(duels.Picture) []rank.Feature, ofPlan bool) {
	batch := ""
	for i, p := range c.pictures {
		e := c.entries[p.Key]
		if _, has := e.Cell[by]; e.Batch == "" || !has || i > 0 && e.Batch != batch {
			return func(p duels.Picture) []rank.Feature { return valueOf(c.entries[p.Key], by) }, false
		}
		batch = e.Batch
	}
	return func(p duels.Picture) (list []rank.Feature) {
		e := c.entries[p.Key]
		for axis, value := range e.Cell {
			if axis == byModel {
				value = e.Model // in full, as elsewhere
			}
			list = append(list, rank.Feature{Axis: axis, Value: value})
		}
		slices.SortFunc(list, func(a, b rank.Feature) int { return strings.Compare(a.Axis, b.Axis) })
		return list
	}, true
}

// valueOf returns an entry's value: its prompt, its model, a parameter, or its place on an axis of its plan. It has none where it has no
// such parameter.
func valueOf(e history.Entry, by string) []rank.Feature {
	one := func(value string) []rank.Feature { return []rank.Feature{{Axis: by, Value: value}} }
	m := model.Find(e.Model)
	parameter, known := m.Parameter(by)
	value, sent := e.Input[by]
	switch {
	case by == byPrompt:
		return one(e.Prompt())
	case by == byModel:
		return one(e.Model)
	case sent && known:
		return one(parameter.Format(value))
	case sent:
		return one(fmt.Sprint(value))
	case e.Cell[by] != "":
		return one(e.Cell[by])
	case by == params.Seed && e.Seed != nil:
		return one(fmt.Sprint(*e.Seed))
	case known && parameter.Default != nil:
		return one(parameter.Format(parameter.Default))
	}
	return nil
}

// checkBy returns an error if no picture can have a value of that name.
func (c *comparison) checkBy(by string) error {
	names := append([]string{byPicture, byPrompt, byModel}, rankableParameters()...)
	for _, e := range c.entries {
		for axis := range e.Cell {
			names = append(names, axis)
		}
		for name := range e.Input {
			names = append(names, name)
		}
	}
	if slices.Contains(names, by) {
		return nil
	}
	return usageError("--by takes picture, prompt, model, a parameter or an axis of a plan; %q is none.%s", by, format.DidYouMean(by, names))
}
